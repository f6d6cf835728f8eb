import { createContext, useContext } from 'react';
import { en, type Messages } from './en.ts';

export type { Messages } from './en.ts';

const MessagesContext = createContext<Messages>(en);

export const MessagesProvider = MessagesContext.Provider;

export function useMessages(): Messages {
  return useContext(MessagesContext);
}

/** The messages of a language tag; English where there are none. */
export async function loadMessages(locale: string): Promise<Messages> {
  return /^de\b/i.test(locale) ? (await import('./de.ts')).de : en;
}

/** `91.7 %` in the messages' language. */
export function percent({ tag }: Messages, share: number, digits = 1): string {
  return new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);
}

/** `28.2 MB` */
export function fileSize({ tag }: Messages, bytes: number): string {
  const [unit, value] = bytes < 1e6 ? ['kilobyte', bytes / 1e3] : ['megabyte', bytes / 1e6];
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
}
