import { expect, test } from 'vitest';
import { softwareCapabilities } from '../../../test/support/capabilities.ts';
import { chooseTile, lanesOf, tiledDeclarations } from './tiled.wgsl.ts';

const hardware = { ...softwareCapabilities, kind: 'hardware' } as const;
const sizes = [17, 33, 65, 129, 1024] as const;

/** Bytes of the workgroup variables that a tile declares. */
function workgroupBytes(declarations: string): number {
  return [...declarations.matchAll(/array<array<vec4f, (\d+)>, (\d+)>/g)].reduce(
    (sum, [, width, lines]) => sum + Number(width) * Number(lines) * 16,
    0,
  );
}

test.each([
  [256, 16384],
  [256, 32768],
  [1024, 49152],
])('tiles fit an adapter of %i invocations and %i bytes a workgroup', (maxInvocations, maxWorkgroupStorage) => {
  for (const rows of sizes) {
    for (const columns of sizes) {
      const tile = chooseTile(rows, columns, 1, { ...hardware, maxInvocations, maxWorkgroupStorage });
      expect(lanesOf(tile)).toBeLessThanOrEqual(maxInvocations);
      const bytes = workgroupBytes(tiledDeclarations(tile));
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThanOrEqual(maxWorkgroupStorage);
    }
  }
});

test('fewer workgroups get smaller tiles of more slices', () => {
  const caps = { ...hardware, maxInvocations: 256, maxWorkgroupStorage: 32768 };
  const slices = [1, 4, 16, 128].map((batches) => chooseTile(33, 64, batches, caps).slices);
  expect(slices).toEqual([8, 8, 4, 2]);
});
