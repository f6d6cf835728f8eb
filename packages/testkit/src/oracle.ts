import type { Graph } from '@headstart/core/src/ir/graph.ts';
import { encodeModel } from '@headstart/core/src/onnx/encode.ts';
import { exportGraph } from '@headstart/core/src/onnx/export.ts';
import type { ModelProto } from '@headstart/core/src/onnx/proto.ts';
import type { DType, TensorData } from '@headstart/core/src/tensor/dtype.ts';
import { Tensor } from '@headstart/core/src/tensor/tensor.ts';
import * as ort from 'onnxruntime-node';

/**
 * Runs a model in onnxruntime's CPU engine, the independent implementation results are held against.
 * @param model the path or the bytes of a file, or a graph of standard operators, which is exported first
 * @param outputs names to compute; all outputs when left out
 */
export async function runOracle(
  model: Uint8Array | ModelProto | Graph | string,
  feeds: Readonly<Record<string, Tensor>>,
  outputs?: readonly string[],
): Promise<Record<string, Tensor>> {
  const options = { logSeverityLevel: 4, graphOptimizationLevel: 'disabled' } as const;
  // A path, so that weights files beside the model are found.
  const session =
    typeof model === 'string'
      ? await ort.InferenceSession.create(model, options)
      : await ort.InferenceSession.create(bytesOf(model), options);
  try {
    const wanted = Object.fromEntries(session.inputNames.flatMap((name) => (feeds[name] ? [[name, toOrt(feeds[name])]] : [])));
    const results = await session.run(wanted, outputs ?? session.outputNames);
    return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOrt(value)]));
  } finally {
    await session.release();
  }
}

function bytesOf(model: Uint8Array | ModelProto | Graph): Uint8Array {
  return model instanceof Uint8Array ? model : encodeModel('nodes' in model ? exportGraph(model) : model);
}

function toOrt({ dtype, data, shape }: Tensor): ort.Tensor {
  if (dtype === 'bfloat16') throw new Error('onnxruntime-node takes no bfloat16 tensors');
  const tensor = new ort.Tensor(dtype, data as ort.Tensor.DataType, shape);
  // The native side reads `cpuData`, and in version 1.30 knows float16 only as 16-bit integers.
  return data instanceof Float16Array
    ? Object.assign(tensor, { cpuData: new Uint16Array(data.buffer, data.byteOffset, data.length) })
    : tensor;
}

function fromOrt({ type, data, dims }: ort.Tensor): Tensor {
  return Tensor.from(data as TensorData, dims, type as DType);
}
