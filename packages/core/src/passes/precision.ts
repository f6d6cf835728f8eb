import { EngineError } from '../errors.ts';
import { describeNode, type Graph, type Node, type ValueType } from '../ir/graph.ts';
import { readsOf } from '../ir/order.ts';
import { newBuilder } from '../ops/registry.ts';
import { derived } from '../tensor/derived.ts';
import { elementTypes } from '../tensor/element-type.ts';
import { Tensor } from '../tensor/tensor.ts';
import { sweep } from './sweep.ts';

/** Inputs that stay float32: those that are no data (scales of a resize), and whole ops whose definition knows float32 only. */
const float32Inputs: Readonly<Record<string, readonly number[] | 'all'>> = {
  ConvInteger: 'all',
  DequantizeLinear: 'all',
  DynamicQuantizeLinear: 'all',
  DynamicQuantizeMatMul: 'all',
  MatMulInteger: 'all',
  MatMulIntegerToFloat: 'all',
  NonMaxSuppression: 'all',
  QGemm: 'all',
  QLinearAdd: 'all',
  QLinearAveragePool: 'all',
  QLinearConcat: 'all',
  QLinearConv: 'all',
  QLinearGlobalAveragePool: 'all',
  QLinearLeakyRelu: 'all',
  QLinearMatMul: 'all',
  QLinearMul: 'all',
  QLinearSigmoid: 'all',
  QuantizeLinear: 'all',
  Range: 'all',
  Resize: [1, 2],
  Upsample: [1],
};

/**
 * Stores float32 values as `to`: weights and everything computed. Inputs and outputs keep their dtype through Cast, and kernels
 * go on computing in f32. Runs on prepared graphs, before binding, so that the narrowed weights are shared by all bindings.
 * @throws EngineError `unsupported` for graphs with subgraphs and with values that have no type yet
 */
export function toPrecision(graph: Graph, to: 'float16'): Graph {
  const open = graph.nodes.find(
    (node) => readsOf(node).length > node.inputs.length || node.outputs.some((output) => output !== '' && !graph.types.has(output)),
  );
  if (open) {
    throw new EngineError('unsupported', 'what this node gives has no type before it runs, so it cannot be stored as float16', {
      where: describeNode(open),
      node: open.name,
      hint: "Load the model with precision: 'f32'.",
    });
  }
  const g = newBuilder({ reserved: graph.types });
  const narrow = new Map<string, string>();
  const cast = (name: string, dtype: 'float16' | 'float32', output: string) =>
    g.add('Cast', [name], { to: elementTypes[dtype] }, { outputs: [output] });
  for (const name of graph.inputs) {
    const { dtype, shape } = graph.types.get(name) as ValueType;
    g.input(name, dtype, shape);
    if (dtype === 'float32') narrow.set(name, cast(name, to, g.fresh(`${name}_${to}`)));
  }
  for (const [name, tensor] of graph.constants) g.constant(tensor, name);
  const narrowed = (name: string): string => {
    const known = narrow.get(name);
    if (known !== undefined) return known;
    const tensor = graph.constants.get(name);
    if (tensor?.dtype !== 'float32') return name;
    const constant = g.constant(
      derived(tensor, to, () => toFloat16(tensor)),
      g.fresh(`${name}_${to}`),
    );
    narrow.set(name, constant);
    return constant;
  };
  const widened = (name: string): string => {
    const half = narrow.get(name);
    return half === undefined || g.has(name) ? name : cast(half, 'float32', name);
  };
  for (const node of graph.nodes) {
    const kept = float32Inputs[node.type];
    const inputs = node.inputs.map((name, index) => (kept === 'all' || kept?.includes(index) ? widened(name) : narrowed(name)));
    const outputs = node.outputs.map((name) =>
      name !== '' && graph.types.get(name)?.dtype === 'float32' ? g.fresh(`${name}_${to}`) : name,
    );
    g.addAll(node.type, inputs, narrowAttributes(node), { name: node.name, domain: node.domain, opset: node.opset, outputs });
    node.outputs.forEach((name, index) => {
      const own = outputs[index] as string;
      if (own === name) return;
      if (g.typeOf(own).dtype === to) narrow.set(name, own);
      else narrow.set(name, cast(own, to, g.fresh(`${name}_${to}`)));
    });
  }
  for (const output of graph.outputs) widened(output);
  return sweep(g.build(graph.outputs, graph.name, graph.metadata));
}

/** A float32 target of Cast and float32 tensors in attributes (ConstantOfShape's value) become float16. */
function narrowAttributes({ type, attributes }: Node): Node['attributes'] {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (value instanceof Tensor && value.dtype === 'float32') return [name, toFloat16(value)];
      const isTarget = (type === 'Cast' && name === 'to') || name === 'dtype';
      return [name, isTarget && value === elementTypes.float32 ? elementTypes.float16 : value];
    }),
  );
}

const largest = 65504;
const smallest = 2 ** -24;

/** Rounds to float16; what is beyond it saturates, so that a mask of -3e38 stays finite and an epsilon of 1e-12 stays positive. */
function toFloat16(tensor: Tensor): Tensor {
  const source = tensor.data as Float32Array;
  const data = new Float16Array(source.length);
  for (let offset = 0; offset < source.length; offset++) {
    const value = source[offset] as number;
    data[offset] = Number.isFinite(value) ? Math.max(-largest, Math.min(largest, value)) : value;
    if (source.length === 1 && value !== 0 && data[offset] === 0) data[offset] = Math.sign(value) * smallest;
  }
  return Tensor.from(data, tensor.shape, 'float16');
}
