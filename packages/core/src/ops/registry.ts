import { EngineError } from '../errors.ts';
import { type BuilderOptions, GraphBuilder, type NodeRules } from '../ir/builder.ts';
import { type Domain, isBound, type Node, type ValueType } from '../ir/graph.ts';
import { derived } from '../tensor/derived.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { parseAttributes } from './attribute.ts';
import { provideEvaluation } from './composite.ts';
import type { AnyOp } from './op.ts';
import { opTable } from './table.ts';

/** Newest operator-set version of each domain that the records below are written against. */
export const newestOpset: Readonly<Record<string, number>> = { '': 23, 'com.microsoft': 1, headstart: 1 };

/** Records by domain and type, newest version first. */
const versions = new Map<string, AnyOp[]>();

function register(ops: readonly AnyOp[]): void {
  for (const op of ops) {
    const key = `${op.domain ?? ''}:${op.type}`;
    versions.set(
      key,
      [...(versions.get(key) ?? []), op].sort((a, b) => b.since - a.since),
    );
  }
}

register(opTable);

let further: Promise<void> | undefined;

/** Makes the operators of `further.ts` known too; a build for browsers keeps them in a script of their own. */
export function loadFurtherOps(): Promise<void> {
  further ??= import('./further.ts').then(({ furtherOps }) => register(furtherOps));
  return further;
}

/** Whether any version of an operator is known. */
export function knowsType(type: string, domain = ''): boolean {
  return versions.has(`${domain === 'ai.onnx' ? '' : domain}:${type}`);
}

/** The record for a node: the newest version that is not newer than the node's operator set. */
export function findOp(node: Pick<Node, 'type' | 'domain' | 'opset'>): AnyOp | undefined {
  const domain = node.domain === 'ai.onnx' ? '' : node.domain;
  return versions.get(`${domain}:${node.type}`)?.find((op) => op.since <= node.opset);
}

export function opOf(node: Pick<Node, 'type' | 'domain' | 'opset'>): AnyOp {
  const op = findOp(node);
  if (!op)
    throw new EngineError('unsupported', `operator ${node.domain ? `${node.domain}.` : ''}${node.type} (opset ${node.opset}) is not known`);
  return op;
}

export function attributesOf<A>(node: Node): A {
  return parseAttributes(opOf(node).attributes, node.attributes) as A;
}

/** Constants up to this many elements fold away as a graph is built: shape arithmetic, masks, scales. Weights stay nodes for the passes. */
const foldLimit = 4096;

const rulesFolding = (limit: number): NodeRules => ({
  infer(node, inputs, constant) {
    return opOf(node).infer(inputs, attributesOf(node), { constant, outputs: node.outputs.length });
  },
  fold(node, inputs, constant) {
    return foldNode(node, inputs, constant, limit);
  },
  opset: (domain: Domain) => newestOpset[domain] ?? 1,
});

export const nodeRules: NodeRules = rulesFolding(foldLimit);

/** Evaluates a node by its reference when every input is constant and no output is larger than `limit` elements. */
export function foldNode(
  node: Node,
  inputs: readonly (ValueType | undefined)[],
  constant: (index: number) => Tensor | undefined,
  limit: number,
): readonly Tensor[] | undefined {
  const op = opOf(node);
  if (op.random || op.run) return undefined;
  const known = op.constantFrom?.(inputs, attributesOf(node));
  if (known) return known;
  const tensors = node.inputs.map((name, index) => (name === '' ? undefined : constant(index)));
  if (node.inputs.some((name, index) => name !== '' && !tensors[index])) return undefined;
  const types = op.infer(inputs, attributesOf(node), { constant, outputs: node.outputs.length });
  if (types.some((type) => !isBound(type.shape) || sizeOf(type.shape) > limit)) return undefined;
  const compute = () => op.reference(tensors, attributesOf(node), node.outputs.length);
  // Lowering folds the same small nodes again for every binding of a model; weights are folded once, before binding.
  const key = Number.isFinite(limit) ? foldKey(node, tensors) : undefined;
  return key ? derived(key.sources, key.text, compute) : compute();
}

/** Integers up to this many (shapes, axes) stand in the key by value, for they are written anew each time. */
const shapeLimit = 16;

/** What the result of folding depends on; undefined where no tensor is there to hold it, or an attribute has no text. */
function foldKey(
  node: Node,
  tensors: readonly (Tensor | undefined)[],
): { sources: readonly [Tensor, ...Tensor[]]; text: string } | undefined {
  const byValue = (tensor: Tensor | undefined) => !tensor || (tensor.dtype === 'int64' && tensor.size <= shapeLimit);
  const [owner, ...others] = tensors.filter((tensor) => tensor !== undefined && !byValue(tensor)) as Tensor[];
  const structured =
    Object.values(node.attributes).some((value) => typeof value === 'object' && !Array.isArray(value)) ||
    Object.values(node.attributes).some((value) => typeof value === 'number' && !Number.isFinite(value)); // JSON has no text for these
  if (!owner || structured) return undefined;
  const values = tensors.map((tensor) =>
    tensor && byValue(tensor) ? `${tensor.shape.length}:${tensor.data.join()}` : tensor ? 'source' : '',
  );
  const text = JSON.stringify([node.domain, node.type, node.opset, node.attributes, node.outputs.length, values]);
  return { sources: [owner, ...others], text };
}

/** A builder over the operator records. `foldLimit` overrides how many elements a folded constant may have. */
export function newBuilder(options: BuilderOptions & { readonly foldLimit?: number } = {}): GraphBuilder {
  return new GraphBuilder(options.foldLimit === undefined ? nodeRules : rulesFolding(options.foldLimit), options);
}

provideEvaluation({
  builder: () => newBuilder({ fold: false }),
  reference: (node, inputs) => opOf(node).reference(inputs, attributesOf(node), node.outputs.length),
});
