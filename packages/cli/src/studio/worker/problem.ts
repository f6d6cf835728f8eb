import { EngineError } from '@headstart/core';
import type { Problem } from './protocol.ts';

/** Any error as a panel shows it: what, where, what to do. */
export function problemOf(error: unknown): Problem {
  if (error instanceof EngineError) {
    const { code, hint, where } = error;
    let what = error.message;
    if (where !== undefined && what.startsWith(`${where}: `)) what = what.slice(where.length + 2);
    if (hint !== undefined && what.endsWith(` ${hint}`)) what = what.slice(0, -hint.length - 1);
    return { code, what: sentence(what), ...(where === undefined ? {} : { where }), ...(hint === undefined ? {} : { hint }) };
  }
  const trouble = error instanceof Error ? error : new Error(String(error));
  const path = 'path' in trouble ? { where: String(trouble.path) } : {};
  const code = 'code' in trouble ? String(trouble.code) : 'internal';
  const known = systemErrors[code];
  if (known) return { code, ...path, what: known[0], hint: known[1] };
  return { code: 'internal', ...path, what: sentence(trouble.message), hint: 'This is a mistake of the program: please report it.' };
}

const systemErrors: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ['The disk is full.', 'Make room and try again; what was written before is whole.'],
  EACCES: ['Reading or writing there is not permitted.', "Check the folder's permissions, or take another folder."],
  EPERM: ['Reading or writing there is not permitted.', "Check the folder's permissions, or take another folder."],
  EROFS: ['The disk is read-only.', 'Take another folder.'],
  ENOENT: ['There is no such file or folder.', 'Check the path.'],
};

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
