/** `GPUBufferUsage` by value: the global exists only once a WebGPU implementation is loaded. */
export const usage = { mapRead: 0x1, copySrc: 0x4, copyDst: 0x8, uniform: 0x40, storage: 0x80 } as const;
