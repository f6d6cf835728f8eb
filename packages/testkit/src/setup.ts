import { loadFurtherOps } from '@headstart/core/src/ops/registry.ts';
import { loadOverflowHelpers } from '@headstart/core/src/wgsl/overflow.ts';
import { installSoftwareAdapter } from './device.ts';

await installSoftwareAdapter();
// Tests build graphs of any operator by hand; `readModel` loads these when it meets them.
await loadFurtherOps();
// They also plan without an engine, which would load this.
await loadOverflowHelpers();
