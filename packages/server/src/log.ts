export type Level = 'info' | 'warn' | 'error';

/** One event, for machines and people: never a header, a query string, a key or a sample. */
export type Log = (level: Level, event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Writes one JSON object a line. */
export function jsonLog(write: (line: string) => void): Log {
  return (level, event, fields = {}) => write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
}

/** What a log may say of an error: the message and where in our code, without credentials of addresses. */
export function errorFields(error: unknown): Record<string, unknown> {
  const { message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  return { error: redact(message), ...(stack ? { stack: redact(stack) } : {}), ...(cause ? { cause: redact(String(cause)) } : {}) };
}

/** Hides API keys and the credentials of addresses. */
export function redact(text: string): string {
  return text.replace(/\bhs_[A-Za-z0-9_-]{8,}/g, 'hs_…').replace(/(\w+:\/\/)[^\s/@]+@/g, '$1…@');
}
