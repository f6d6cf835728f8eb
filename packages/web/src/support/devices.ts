import { useEffect, useState, useSyncExternalStore } from 'react';

type Kind = 'audioinput' | 'videoinput';

const key = (kind: Kind) => `headstart ${kind}`;

/** The device that was chosen among several. */
function chosenDevice(kind: Kind): string | undefined {
  try {
    return localStorage.getItem(key(kind)) ?? undefined;
  } catch {
    // A page may be forbidden to keep anything.
    return remembered.get(kind);
  }
}

const remembered = new Map<Kind, string>();
const listeners = new Set<() => void>();

export function chooseDevice(kind: Kind, id: string): void {
  remembered.set(kind, id);
  try {
    localStorage.setItem(key(kind), id);
  } catch {
    // It is remembered until the page is left.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The device chosen last. All who have one open close it and open the other, in this order, when it changes. */
export function useChosenDevice(kind: Kind): string | undefined {
  return useSyncExternalStore(subscribe, () => chosenDevice(kind));
}

/** Opens the chosen device; any other where it is not there any more, or none was chosen. @throws what `getUserMedia` throws */
export async function openChosen(kind: Kind, constraints: MediaTrackConstraints): Promise<MediaStream> {
  const open = (wanted: MediaTrackConstraints) =>
    navigator.mediaDevices.getUserMedia(kind === 'audioinput' ? { audio: wanted, video: false } : { audio: false, video: wanted });
  const device = chosenDevice(kind);
  if (device === undefined) return open(constraints);
  const { facingMode: _facing, ...rest } = constraints;
  return open({ ...rest, deviceId: { exact: device } }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'NotAllowedError') throw error;
    return open(constraints);
  });
}

export interface Device {
  readonly id: string;
  readonly name: string;
}

/** Devices of a kind, which browsers tell once one of them is open. */
export function useDevices(kind: Kind, open: boolean): readonly Device[] {
  const [devices, setDevices] = useState<readonly Device[]>([]);
  useEffect(() => {
    if (!open) return;
    const { mediaDevices } = navigator;
    let wanted = true;
    const look = async () => {
      const all = (await mediaDevices.enumerateDevices()).filter((device) => device.kind === kind && device.deviceId !== '');
      if (wanted) setDevices(all.map(({ deviceId, label }, index) => ({ id: deviceId, name: label || `${index + 1}` })));
    };
    const again = () => void look().catch(() => undefined);
    again();
    mediaDevices.addEventListener('devicechange', again);
    return () => {
      wanted = false;
      mediaDevices.removeEventListener('devicechange', again);
    };
  }, [kind, open]);
  return devices;
}
