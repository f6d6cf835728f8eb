// Node takes the package's own Node build, which loads the WebAssembly file from disk and runs threads as workers.
export { env, InferenceSession, Tensor } from 'onnxruntime-web';
