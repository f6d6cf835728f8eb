import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { restWhile } from './adapter-node.ts';

test('gives what the work gives, and throws what it throws', async () => {
  expect(await restWhile(Promise.resolve(7))).toBe(7);
  await expect(restWhile(Promise.reject(new Error('lost')))).rejects.toThrow('lost');
});

test('the event loop goes on while work is awaited, and processor time does not', async () => {
  let turns = 0;
  const count = setInterval(() => turns++, 5);
  const before = process.cpuUsage();
  const start = performance.now();
  await Promise.all([restWhile(after(300)), restWhile(after(200))]);
  const { user, system } = process.cpuUsage(before);
  const wall = (performance.now() - start) * 1000;
  clearInterval(count);
  expect(turns).toBeGreaterThan(1);
  // A loop that does not sleep takes the whole of it.
  expect((user + system) / wall).toBeLessThan(0.7);
});
