import { expect, test } from 'vitest';
import { main } from '../main.ts';
import { fakeIo } from '../testing.ts';
import { adviceFor } from './doctor.ts';

test('a hardware adapter needs no advice', () => {
  expect(adviceFor({ kind: 'hardware', name: 'x', features: [] }, {}, 'linux')).toEqual([]);
});

test('on Linux it names the packages to install, and more of them without any adapter', () => {
  const software = adviceFor({ kind: 'software', name: 'llvmpipe', features: [] }, {}, 'linux').join('\n');
  const none = adviceFor(undefined, {}, 'linux').join('\n');
  expect(software).toContain('mesa-vulkan-drivers');
  expect(none).toContain('libvulkan1');
  expect(none.length).toBeGreaterThan(software.length);
});

test('doctor computes on the adapter and tells which engine auto takes', async () => {
  const io = fakeIo();
  const code = await main(['doctor', '--json'], io, new AbortController().signal);
  const result = JSON.parse(io.out().trim().split('\n').at(-1) ?? '');
  expect(result).toMatchObject({ event: 'result', adapter: { kind: 'software' }, engine: { backend: 'wasm' } });
  expect(result.check.message).toBeUndefined();
  expect(result.check.milliseconds).toBeGreaterThan(0);
  expect(code).toBe(0);
});
