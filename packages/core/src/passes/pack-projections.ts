import type { Graph, Node } from '../ir/graph.ts';
import { derived } from '../tensor/derived.ts';
import { Tensor } from '../tensor/tensor.ts';
import { GraphEdit } from './edit.ts';

/** Weights below this many elements are as well unpacked. */
const smallest = 1 << 16;

/**
 * Products with 8-bit weights that the file unpacks before (a decoder's tied embedding: Transpose, DequantizeLinear, MatMul) become products with
 * packed weights: a quarter of the memory, and nothing large is unpacked on the host.
 */
export function packProjections(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    if (node.type !== 'MatMul' || node.domain !== '') continue;
    const unpacked = edit.producer(node.inputs[1]);
    if (unpacked?.type !== 'DequantizeLinear') continue;
    const [from = '', scale = '', zero = ''] = unpacked.inputs;
    const turned = edit.producer(from);
    if (turned && (turned.type !== 'Transpose' || turned.domain !== '')) continue;
    const weights = edit.constant(turned ? turned.inputs[0] : from);
    const [step, centre] = [edit.scalar(scale), zero === '' ? 0 : edit.scalar(zero)];
    if (!weights || step === undefined || centre === undefined || edit.constant(scale)?.dtype !== 'float32') continue;
    if ((weights.dtype !== 'uint8' && weights.dtype !== 'int8') || weights.shape.length !== 2 || weights.size < smallest) continue;
    if (edit.dims(node.inputs[0] as string) === undefined) continue;
    const [n, k] = (turned ? weights.shape : weights.shape.toReversed()) as [number, number];
    const block = blockOf(k);
    if (block === undefined) continue;
    const blocks = k / block;
    // int8 is uint8 moved by 128.
    const offset = weights.dtype === 'int8' ? 128 : 0;
    const packed = derived(weights, `packed/${turned !== undefined}/${block}`, () =>
      Tensor.from(columns(weights, turned !== undefined, offset), [n, blocks, block]),
    );
    const scales = derived(weights, `packed/${block}/scales/${step}`, () =>
      Tensor.from(new Float32Array(n * blocks).fill(step), [n * blocks]),
    );
    const zeros = derived(weights, `packed/${block}/zeros/${centre}`, () =>
      Tensor.from(new Uint8Array(n * blocks).fill(centre + offset), [n * blocks]),
    );
    const hint = node.inputs[1] as string;
    const product: Node = {
      ...node,
      type: 'MatMulNBits',
      domain: 'com.microsoft',
      opset: 1,
      inputs: [
        node.inputs[0] as string,
        edit.addConstant(packed, `${hint}/packed`),
        edit.addConstant(scales, `${hint}/scales`),
        edit.addConstant(zeros, `${hint}/zeros`),
      ],
      attributes: { K: k, N: n, bits: 8, block_size: block },
    };
    edit.replace([node], product);
  }
  return edit.done();
}

/** Elements of a column that share a scale: all have the same, so any power of two that divides the column will do. */
function blockOf(k: number): number | undefined {
  return [128, 64, 32, 16].find((block) => k % block === 0);
}

/** The weights as uint8[N, K]. */
function columns(weights: Tensor, turned: boolean, offset: number): Uint8Array {
  const data = weights.data as Uint8Array | Int8Array;
  if (turned && data instanceof Uint8Array) return data;
  const out = new Uint8Array(data.length);
  const [rows = 0, width = 0] = weights.shape;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      out[turned ? at : column * rows + row] = (data[at] as number) + offset;
    }
  }
  return out;
}
