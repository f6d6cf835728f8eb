import { EngineError } from '../errors.ts';
import { type Dim, describeNode, type Graph, type Node, type ValueType } from '../ir/graph.ts';
import { findOp } from '../ops/registry.ts';
import { attributeToProto } from './attribute.ts';
import {
  type GraphProto,
  type ModelProto,
  message,
  type NodeProto,
  type StringStringEntryProto,
  type TypeProto,
  type ValueInfoProto,
} from './proto.ts';
import { dataTypeOf, tensorToProto } from './tensor.ts';

export interface ExportOptions {
  /** Version of the standard operator set; the newest that a node of the graph is written against when left out. */
  readonly opset?: number;
  readonly producer?: string;
  readonly producerVersion?: string;
  readonly docString?: string;
  /** New names of values: inputs and outputs can be called what the file's users expect. */
  readonly names?: Readonly<Record<string, string>>;
  /** Added to the graph's own metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A graph as an ONNX model: one operator-set version a domain, constants as raw data, every known type written down, symbolic
 * dimensions by name. Constants that nothing reads are left out.
 * @throws EngineError `unsupported` when a node means something else under the exported operator set than under its own, and for operators of our own core set
 */
export function exportGraph(graph: Graph, options: ExportOptions = {}): ModelProto {
  const opsets = opsetsFor(graph, options.opset);
  const rename = (name: string) => options.names?.[name] ?? name;
  requireDistinct(graph, rename);
  return message('ModelProto', {
    irVersion: irVersionFor(opsets.get('') ?? 0),
    producerName: options.producer ?? 'headstart',
    ...(options.producerVersion === undefined ? {} : { producerVersion: options.producerVersion }),
    ...(options.docString === undefined ? {} : { docString: options.docString }),
    opsetImport: [...opsets].map(([domain, version]) => message('OperatorSetIdProto', { domain, version })),
    metadataProps: entries({ ...graph.metadata, ...options.metadata }),
    graph: graphToProto(graph, opsets, rename, true),
  });
}

/** The IR version that came with an operator set (ONNX, "Versioning"). From 4 on, constants need not be inputs. */
function irVersionFor(opset: number): number {
  if (opset >= 23) return 11;
  if (opset >= 21) return 10;
  return opset >= 19 ? 9 : 8;
}

/**
 * One version a domain: the newest that nodes are written against under which all of them mean what they mean under their own.
 * Passes and gradients add nodes against other versions than the file's; most operators mean the same under both.
 */
function opsetsFor(graph: Graph, standard: number | undefined): ReadonlyMap<string, number> {
  const byDomain = new Map<string, Node[]>([['', []]]);
  for (const node of nodesWithin(graph)) byDomain.set(node.domain, [...(byDomain.get(node.domain) ?? []), node]);
  return new Map(
    [...byDomain].map(([domain, nodes]) => {
      const versions = [...new Set(nodes.map(({ opset }) => opset))].sort((a, b) => b - a);
      const wanted = domain === '' && standard !== undefined ? [standard] : versions;
      const fitting = wanted.find((version) => nodes.every((node) => meansTheSame(node, version)));
      if (fitting === undefined) for (const node of nodes) requireSameMeaning(node, graph, wanted[0] as number);
      return [domain, fitting ?? 17];
    }),
  );
}

function meansTheSame(node: Node, opset: number): boolean {
  if (node.domain === 'headstart') return false;
  if (node.opset === opset) return true;
  const own = findOp(node);
  return own !== undefined && own === findOp({ ...node, opset });
}

function requireSameMeaning(node: Node, graph: Graph, opset: number): void {
  if (meansTheSame(node, opset)) return;
  const index = graph.nodes.indexOf(node);
  const where = describeNode(node, index < 0 ? undefined : index);
  if (node.domain === 'headstart') {
    throw new EngineError('unsupported', 'an operator of the core set has no form in ONNX', {
      where,
      node: node.name,
      hint: 'Export the graph before it is optimised.',
    });
  }
  throw new EngineError('unsupported', `the node means something else under operator set ${opset}`, {
    where,
    node: node.name,
    expected: `operator set ${node.opset}`,
    got: `${opset}, which other nodes need`,
    hint: 'Nodes of one domain in one file share one version: build the added nodes against the version of the model.',
  });
}

function nodesWithin(graph: Graph): readonly Node[] {
  return graph.nodes.flatMap((node) => [node, ...bodiesOf(node).flatMap(nodesWithin)]);
}

function bodiesOf(node: Node): readonly Graph[] {
  return Object.values(node.attributes).flatMap((value) => {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.filter((item): item is Graph => typeof item === 'object' && item !== null && 'nodes' in item && 'constants' in item);
  });
}

function readsWithin(graph: Graph): readonly string[] {
  return [...graph.outputs, ...graph.nodes.flatMap((node) => [...node.inputs, ...bodiesOf(node).flatMap(readsWithin)])];
}

function graphToProto(graph: Graph, opsets: ReadonlyMap<string, number>, rename: (name: string) => string, outer: boolean): GraphProto {
  const read = new Set(readsWithin(graph));
  const typed = (name: string) => infoOf(rename(name), graph.types.get(name));
  for (const name of outer ? graph.inputs : []) {
    if (graph.types.has(name)) continue;
    throw new EngineError('unsupported', `the type of input '${name}' is not known`, {
      where: `graph '${graph.name}'`,
      hint: 'Only graphs whose inputs are tensors of known rank can be exported.',
    });
  }
  const inner = graph.nodes.flatMap((node) => node.outputs).filter((name) => graph.types.has(name) && !graph.outputs.includes(name));
  return message('GraphProto', {
    name: graph.name,
    input: graph.inputs.map(typed),
    output: graph.outputs.map(typed),
    valueInfo: inner.map(typed),
    initializer: [...graph.constants].filter(([name]) => read.has(name)).map(([name, tensor]) => tensorToProto(tensor, rename(name))),
    node: graph.nodes.map((node) => nodeToProto(node, opsets, rename)),
  });
}

function nodeToProto(node: Node, opsets: ReadonlyMap<string, number>, rename: (name: string) => string): NodeProto {
  const spec = (findOp(node)?.attributes ?? {}) as Readonly<Record<string, { readonly kind: string }>>;
  const named = (name: string) => (name === '' ? '' : rename(name));
  return message('NodeProto', {
    ...(node.name === '' ? {} : { name: node.name }),
    opType: node.type,
    ...(node.domain === '' ? {} : { domain: node.domain }),
    input: node.inputs.map(named),
    output: node.outputs.map(named),
    attribute: Object.entries(node.attributes).map(([name, value]) =>
      attributeToProto(name, value, spec[name]?.kind, node.floatAttributes?.includes(name) ?? false, (body) =>
        graphToProto(body, opsets, rename, false),
      ),
    ),
  });
}

function infoOf(name: string, type: ValueType | undefined): ValueInfoProto {
  return message('ValueInfoProto', { name, ...(type ? { type: typeToProto(type) } : {}) });
}

/** `float32[batch, 3]` as a TypeProto. */
export function typeToProto({ dtype, shape }: ValueType): TypeProto {
  const dim = shape.map((size: Dim) => message('DimensionProto', typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return message('TypeProto', {
    tensorType: message('TensorTypeProto', { elemType: dataTypeOf(dtype), shape: message('TensorShapeProto', { dim }) }),
  });
}

function entries(record: Readonly<Record<string, string>>): readonly StringStringEntryProto[] {
  return Object.entries(record).map(([key, value]) => message('StringStringEntryProto', { key, value }));
}

/** Renaming must not make two values one. */
function requireDistinct(graph: Graph, rename: (name: string) => string): void {
  const values = [...graph.inputs, ...graph.constants.keys(), ...graph.nodes.flatMap((node) => node.outputs)].filter(Boolean);
  const taken = new Map<string, string>();
  for (const value of values) {
    const name = rename(value);
    const other = taken.get(name);
    if (other !== undefined && other !== value) {
      throw new EngineError('invalid-argument', `'${other}' and '${value}' would both be called '${name}'`, { where: 'exportGraph' });
    }
    taken.set(name, value);
  }
}
