import { installSoftwareAdapter } from './device.ts';

await installSoftwareAdapter();
