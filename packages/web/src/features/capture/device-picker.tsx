import type { ReactNode } from 'react';
import { chooseDevice, useChosenDevice, useDevices } from '../../support/devices.ts';

interface DevicePickerProps {
  readonly kind: 'audioinput' | 'videoinput';
  readonly label: string;
  /** Whether one of them is open. */
  readonly open: boolean;
}

/** Which camera or microphone, where there are several. */
export function DevicePicker({ kind, label, open }: DevicePickerProps): ReactNode {
  const devices = useDevices(kind, open);
  const wanted = useChosenDevice(kind);
  if (devices.length < 2) return null;
  const chosen = devices.find(({ id }) => id === wanted) ?? devices[0];
  return (
    <select className="device" aria-label={label} value={chosen?.id} onChange={(event) => chooseDevice(kind, event.target.value)}>
      {devices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
