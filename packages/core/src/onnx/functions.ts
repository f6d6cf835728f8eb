import { EngineError } from '../errors.ts';
import { type AttributeProto, type FunctionProto, type GraphProto, message, type NodeProto, type OperatorSetIdProto } from './proto.ts';

/** Operator set versions by domain; the standard domain is ''. */
export type Opsets = ReadonlyMap<string, number>;

/** A node with the operator sets it is read against: those of the model, or of the function it came out of. */
export interface ScopedNode {
  readonly node: NodeProto;
  readonly opsets: Opsets;
}

/** Nodes after inlining that no honest model reaches; a file whose functions call each other in a fan would otherwise never end. */
const maxNodes = 2_000_000;
const maxDepth = 64;

export function normalizeDomain(domain: string | undefined): string {
  return domain === undefined || domain === 'ai.onnx' ? '' : domain;
}

export function opsetsOf(imports: readonly OperatorSetIdProto[]): Opsets {
  return new Map(imports.map(({ domain, version }) => [normalizeDomain(domain), version ?? 1]));
}

/** Replaces calls of model-local functions by their bodies (ONNX IR, "Functions"). */
export class Inliner {
  readonly #functions: ReadonlyMap<string, FunctionProto>;
  #count = 0;

  constructor(functions: readonly FunctionProto[]) {
    this.#functions = new Map(functions.map((each) => [keyOf(each.domain, each.name, each.overload), each]));
  }

  inline(nodes: readonly NodeProto[], opsets: Opsets, depth = 0): readonly ScopedNode[] {
    if (this.#functions.size === 0) return nodes.map((node) => ({ node, opsets }));
    return nodes.flatMap((node) => {
      const body = this.#functions.get(keyOf(node.domain, node.opType, node.overload));
      if (++this.#count > maxNodes || depth > maxDepth) {
        throw new EngineError('invalid-model', 'the functions of the model call each other without end', { where: node.opType ?? '' });
      }
      if (!body) return [{ node, opsets }];
      return this.inline(expand(body, node, `${node.name || node.opType}#${this.#count}`), opsetsOf(body.opsetImport), depth + 1);
    });
  }
}

function keyOf(domain: string | undefined, name: string | undefined, overload: string | undefined): string {
  return `${normalizeDomain(domain)}:${name ?? ''}:${overload ?? ''}`;
}

function expand(body: FunctionProto, call: NodeProto, prefix: string): readonly NodeProto[] {
  const names = new Map<string, string>();
  for (const [index, name] of body.input.entries()) names.set(name, call.input[index] ?? '');
  body.output.forEach((name, index) => {
    const wanted = call.output[index];
    if (wanted) names.set(name, wanted);
  });
  const given = new Map([...body.attributeProto, ...call.attribute].map((attribute) => [attribute.name ?? '', attribute]));
  const rename = (name: string) => (name === '' ? '' : (names.get(name) ?? `${prefix}/${name}`));
  return body.node.map((node) => renamed(node, rename, given, prefix));
}

function renamed(node: NodeProto, rename: (name: string) => string, given: ReadonlyMap<string, AttributeProto>, prefix: string): NodeProto {
  const attribute = node.attribute.flatMap((each): AttributeProto[] => {
    if (each.refAttrName) {
      const value = given.get(each.refAttrName);
      return value ? [{ ...value, ...(each.name === undefined ? {} : { name: each.name }) }] : [];
    }
    const graph = (body: GraphProto) => renamedGraph(body, rename, given, prefix);
    return [{ ...each, ...(each.g ? { g: graph(each.g) } : {}), graphs: each.graphs.map(graph) }];
  });
  return message('NodeProto', {
    ...node,
    name: `${prefix}/${node.name || node.opType}`,
    input: node.input.map(rename),
    output: node.output.map(rename),
    attribute,
  });
}

function renamedGraph(
  graph: GraphProto,
  rename: (name: string) => string,
  given: ReadonlyMap<string, AttributeProto>,
  prefix: string,
): GraphProto {
  const named = <T extends { readonly name?: string }>(each: T): T => ({ ...each, name: rename(each.name ?? '') });
  return {
    ...graph,
    node: graph.node.map((node) => renamed(node, rename, given, prefix)),
    initializer: graph.initializer.map(named),
    input: graph.input.map(named),
    output: graph.output.map(named),
    valueInfo: graph.valueInfo.map(named),
  };
}
