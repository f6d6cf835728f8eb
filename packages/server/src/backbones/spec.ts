import { createHash } from 'node:crypto';
import type { BackboneCard } from '@headstart/core';

/** All it takes to open a backbone anywhere: a card, and how it is used. */
export interface BackboneSpec {
  readonly card: BackboneCard;
  /** Files that this server keeps (of uploaded backbones); without them the card's source has them. */
  readonly files?: readonly { readonly path: string; readonly blob: string; readonly bytes: number }[];
  /** Height and width of image inputs, in pixels. */
  readonly size?: number;
}

/** Equal for backbones that give the same features; one of them is in memory for all. */
export function specKey(spec: BackboneSpec): string {
  return createHash('sha256').update(canonical(spec)).digest('hex').slice(0, 24);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
