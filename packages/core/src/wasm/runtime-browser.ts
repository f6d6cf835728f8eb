// The build with the CPU engine alone: half the download of the package's default.
export { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
