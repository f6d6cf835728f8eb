import { EngineError } from '../errors.ts';
import type { GraphBuilder } from '../ir/builder.ts';
import { type Dim, describeNode, type Graph, type Node, type ValueType } from '../ir/graph.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { attributeFromProto, isWholeFloat } from './attribute.ts';
import { Inliner, normalizeDomain, type Opsets, opsetsOf, type ScopedNode } from './functions.ts';
import type { AttributeProto, GraphProto, ModelProto, NodeProto, ValueInfoProto } from './proto.ts';
import { readsOfNode, sortNodes } from './sort.ts';
import { dtypeOfDataType, type ExternalData, tensorFromProto } from './tensor.ts';

export interface ImportOptions {
  /** Weights files by location, from `readExternalData`. */
  readonly external?: ExternalData;
}

/**
 * The graph of a model: initialisers and Constant nodes become constants, functions are inlined, nodes are sorted, every value
 * is inferred as it is added, and constant arithmetic on shapes folds away. Operators that no record describes stay in the graph, their outputs
 * typed by the file's value_info or not at all, so that a model can be inspected, cut and run on the wasm engine whatever is in it.
 * @throws EngineError `invalid-model` naming the node that cannot be meant
 */
export function importModel(model: ModelProto, { external }: ImportOptions = {}): Graph {
  if (!model.graph) throw new EngineError('invalid-model', 'there is no graph in the file', { where: 'ModelProto' });
  const metadata = Object.fromEntries(model.metadataProps.map(({ key, value }) => [key ?? '', value ?? '']));
  return new Importer(model, external).graph(model.graph, opsetsOf(model.opsetImport), metadata);
}

/** Operators whose further outputs existed for training only (batch statistics, the dropout mask). */
const trainingOutputs = new Set(['BatchNormalization', 'Dropout']);

class Importer {
  readonly #inliner: Inliner;
  readonly #external: ExternalData | undefined;

  constructor(model: ModelProto, external: ExternalData | undefined) {
    this.#inliner = new Inliner(model.functions);
    this.#external = external;
  }

  graph(proto: GraphProto, opsets: Opsets, metadata: Readonly<Record<string, string>>, parent?: GraphBuilder): Graph {
    if (proto.sparseInitializer.length > 0) {
      throw new EngineError('unsupported', 'sparse initialisers are not supported', { where: `graph '${proto.name ?? ''}'` });
    }
    const g = newBuilder(parent ? { parent } : {});
    const constants = new Map(proto.initializer.map((tensor) => [tensor.name ?? '', tensor]));
    for (const info of proto.input) {
      const name = info.name ?? '';
      // Before IR version 4, every initialiser was listed as an input too.
      if (constants.has(name)) continue;
      const type = typeOfInfo(info);
      if (type) g.input(name, type.dtype, type.shape);
      else g.untypedInput(name);
    }
    for (const [name, tensor] of constants) g.constant(tensorFromProto(tensor, this.#external), name);
    const types = new Map([...proto.valueInfo, ...proto.output].map((info) => [info.name ?? '', info]));
    const nodes = sortNodes(this.#inliner.inline(proto.node, opsets));
    const read = new Set([...nodes.flatMap(({ node }) => readsOfNode(node)), ...proto.output.map(({ name }) => name ?? '')]);
    for (const [index, scoped] of nodes.entries()) this.#node(g, scoped, index, types, read);
    return g.build(
      proto.output.map(({ name }) => name ?? ''),
      proto.name || 'graph',
      metadata,
    );
  }

  #node(g: GraphBuilder, scoped: ScopedNode, index: number, infos: ReadonlyMap<string, ValueInfoProto>, read: ReadonlySet<string>): void {
    const proto = scoped.node;
    const type = proto.opType ?? '';
    const where = describeNode({ type, name: proto.name ?? '' }, index);
    try {
      const domain = normalizeDomain(proto.domain);
      if (type === 'Constant' && domain === '') g.constant(this.#constant(proto), proto.output[0] ?? '');
      else this.#add(g, this.#read(g, scoped, type, domain, read), infos);
    } catch (error) {
      if (error instanceof EngineError && error.node !== undefined) throw error;
      // Whatever an operator's rules throw on nonsense that no rule foresees, the file is to blame, and the reader needs to know where.
      const known = error instanceof EngineError;
      throw new EngineError(
        known ? error.code : 'invalid-model',
        known ? error.message.replace(/\.$/, '') : `the node cannot be understood`,
        {
          where,
          node: proto.name ?? '',
          cause: error,
        },
      );
    }
  }

  #read(g: GraphBuilder, { node, opsets }: ScopedNode, type: string, domain: string, read: ReadonlySet<string>): Node {
    const floatAttributes = node.attribute.filter(isWholeFloat).map((attribute) => attribute.name ?? '');
    const used = node.output.findLastIndex((output, index) => index === 0 || read.has(output)) + 1;
    return {
      name: node.name ?? '',
      type,
      domain,
      opset: opsets.get(domain) ?? 1,
      inputs: node.input,
      outputs: domain === '' && trainingOutputs.has(type) ? node.output.slice(0, used) : node.output,
      attributes: Object.fromEntries(
        node.attribute.map((attribute) => [
          attribute.name ?? '',
          attributeFromProto(attribute, (body) => this.graph(body, opsets, {}, g), this.#external),
        ]),
      ),
      ...(floatAttributes.length > 0 ? { floatAttributes } : {}),
    };
  }

  #add(g: GraphBuilder, node: Node, infos: ReadonlyMap<string, ValueInfoProto>): void {
    g.addOrKeep(
      node,
      node.outputs.map((output) => {
        const info = infos.get(output);
        return info ? typeOfInfo(info) : undefined;
      }),
    );
  }

  /** The value of a Constant node, in whichever of its attributes it stands. */
  #constant(node: NodeProto): Tensor {
    const [attribute] = node.attribute.filter(({ name }) => name?.startsWith('value'));
    if (!attribute) throw new EngineError('unsupported', 'a constant without a dense value is not supported');
    return constantTensor(attribute, this.#external);
  }
}

function constantTensor(attribute: AttributeProto, external: ExternalData | undefined): Tensor {
  const text = new TextDecoder();
  switch (attribute.name) {
    case 'value_float':
      return Tensor.scalar(attribute.f ?? 0, 'float32');
    case 'value_floats':
      return Tensor.from(attribute.floats);
    case 'value_int':
      return Tensor.scalar(attribute.i ?? 0n, 'int64');
    case 'value_ints':
      return Tensor.from(attribute.ints);
    case 'value_string':
      return Tensor.scalar(text.decode(attribute.s), 'string');
    case 'value_strings':
      return Tensor.from(
        attribute.strings.map((bytes) => text.decode(bytes)),
        [attribute.strings.length],
        'string',
      );
    default:
      if (!attribute.t) throw new EngineError('invalid-model', 'the constant has no value');
      return tensorFromProto(attribute.t, external);
  }
}

/** The tensor type of a value; undefined where the file gives no rank, an unsupported element type, or no tensor. */
function typeOfInfo({ name = '', type }: ValueInfoProto): ValueType | undefined {
  const dtype = dtypeOfDataType(type?.tensorType?.elemType);
  const dims = type?.tensorType?.shape?.dim;
  if (!dtype || !dims) return undefined;
  // Files write an unknown size as a missing one, as 0 or -1, or as a question mark; each such axis is a dimension of its own.
  const shape = dims.map(({ dimValue, dimParam }, axis): Dim => {
    if (dimValue !== undefined && dimValue > 0) return dimValue;
    return dimParam && dimParam !== '?' && dimParam !== 'None' ? dimParam : `${name}_${axis}`;
  });
  return { dtype, shape };
}
