export { launchChromium } from './chromium.ts';
export { describeOp, type OpCase } from './describe-op.ts';
export { installSoftwareAdapter } from './device.ts';
export { tinyClip, writeTinyProject } from './folders.ts';
export { cosine, expectClose } from './matchers.ts';
export { tinyAudioModel, tinyImageModel, tinyPixelModel, tinyTextModel } from './models.ts';
export { runOracle } from './oracle.ts';
export { type TensorSpec, t } from './tensors.ts';
