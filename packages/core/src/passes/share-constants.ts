import type { Graph } from '../ir/graph.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { sweep } from './sweep.ts';

/** Makes equal constants one, so that a weight lies on the device once and equal nodes are seen to be equal. */
export function shareConstants(graph: Graph): Graph {
  const groups = new Map<string, { name: string; tensor: Tensor }[]>();
  const replacement = new Map<string, string>();
  for (const [name, tensor] of graph.constants) {
    const key = sketch(tensor);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    const twin = group.find((other) => sameData(other.tensor, tensor));
    if (twin && !graph.outputs.includes(name)) replacement.set(name, twin.name);
    else group.push({ name, tensor });
  }
  return sweep({
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map((name) => replacement.get(name) ?? name) })),
  });
}

/** Type, shape and a few elements: equal tensors have equal sketches. */
function sketch({ dtype, shape, data }: Tensor): string {
  const stride = Math.max(1, Math.floor(data.length / 16));
  const samples = Array.from({ length: Math.min(16, data.length) }, (_, index) => `${data[index * stride]}`);
  return `${dtype}[${shape}]${samples.join()}`;
}

function sameData(a: Tensor, b: Tensor): boolean {
  if (a === b || a.data === b.data) return true;
  if (Array.isArray(a.data) || Array.isArray(b.data)) return a.data.every((value: unknown, index: number) => value === b.data[index]);
  // By bytes, so that NaN equals itself and 0 differs from -0.
  const bytes = (tensor: Tensor) => {
    const { buffer, byteOffset, byteLength } = tensor.data as Uint8Array;
    return byteOffset % 4 === 0 && byteLength % 4 === 0
      ? new Uint32Array(buffer, byteOffset, byteLength / 4)
      : new Uint8Array(buffer, byteOffset, byteLength);
  };
  const own = bytes(a);
  const other = bytes(b);
  if (own.constructor !== other.constructor || own.length !== other.length) return false;
  for (let index = 0; index < own.length; index++) if (own[index] !== other[index]) return false;
  return true;
}
