import { setTimeout as after } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { restWhile } from './adapter-node.ts';

test('gives what the work gives, and throws what it throws', async () => {
  expect(await restWhile(Promise.resolve(7))).toBe(7);
  await expect(restWhile(Promise.reject(new Error('lost')))).rejects.toThrow('lost');
});

test('between two turns of the event loop it sleeps while work is awaited, once for all of it, and no longer', async () => {
  const sleep = vi.spyOn(Atomics, 'wait');
  let turns = 0;
  let counting = true;
  const count = () => {
    turns++;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all([restWhile(after(60)), restWhile(after(40))]);
  counting = false;
  const slept = sleep.mock.calls.length;
  expect(slept).toBeGreaterThan(1);
  expect(Math.abs(slept - turns)).toBeLessThanOrEqual(2);
  await after(20);
  expect(sleep.mock.calls.length - slept).toBeLessThanOrEqual(1);
  sleep.mockRestore();
});
