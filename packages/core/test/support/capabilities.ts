import type { Capabilities } from '../../src/wgsl/kernel.ts';

/** The least a WebGPU adapter offers (WebGPU specification, "Limits"), as a software adapter. */
export const softwareCapabilities: Capabilities = {
  kind: 'software',
  f16: false,
  subgroups: false,
  subgroupMatrix: false,
  subgroupSize: 0,
  maxWorkgroupStorage: 16384,
  maxInvocations: 256,
  maxWorkgroupSize: [256, 256, 64],
  maxWorkgroupsPerDimension: 65535,
  maxBindingBytes: 2 ** 27,
  maxStorageBuffers: 8,
  offsetAlignment: 256,
};
