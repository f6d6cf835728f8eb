import { loadFurtherOps } from '@headstart/core/src/ops/registry.ts';
import { installSoftwareAdapter } from './device.ts';

await installSoftwareAdapter();
// Tests build graphs of any operator by hand; `readModel` loads these when it meets them.
await loadFurtherOps();
