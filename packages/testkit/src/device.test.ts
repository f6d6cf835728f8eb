import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installSoftwareAdapter } from './device.ts';

test.runIf(process.platform === 'linux')('the Vulkan loader of the npm package stays in the process, for Dawn to find', async () => {
  expect(await installSoftwareAdapter('swiftshader')).toBe('swiftshader');
  expect(readFileSync('/proc/self/maps', 'utf8')).toMatch(/headstart-swiftshader-[\d.]+\/libvulkan\.so\.1/);
});
