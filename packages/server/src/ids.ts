import { randomBytes } from 'node:crypto';

export type IdKind = 'key' | 'ds' | 'smp' | 'up' | 'job' | 'mdl';

/** `ds_…`: the kind, then milliseconds and 80 random bits in base 36, so that ids sort by age. */
export function newId(kind: IdKind): string {
  const random = BigInt(`0x${randomBytes(10).toString('hex')}`)
    .toString(36)
    .padStart(16, '0');
  return `${kind}_${Date.now().toString(36).padStart(9, '0')}${random}`;
}
