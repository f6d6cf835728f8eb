import { readFile, resolvePath } from '#platform';
import { EngineError } from '../errors.ts';
import type { Dim, Graph } from '../ir/graph.ts';
import { decodeModel } from '../onnx/decode.ts';
import { readExternalData } from '../onnx/external.ts';
import { importModel } from '../onnx/import.ts';
import type { ModelProto, NodeProto } from '../onnx/proto.ts';
import type { ExternalData } from '../onnx/tensor.ts';
import { findOp, knowsType, loadFurtherOps } from '../ops/registry.ts';
import type { DType } from '../tensor/dtype.ts';
import { type Cut, suggestCuts } from './cuts.ts';

/** An input or output as the file declares it. */
export interface ValueSummary {
  readonly name: string;
  /** Undefined for what is no tensor, or of an element type this engine does not have. */
  readonly dtype: DType | undefined;
  /** Undefined where the rank is not known. */
  readonly shape: readonly Dim[] | undefined;
}

export interface OperatorCount {
  readonly type: string;
  /** '' is the ONNX standard. */
  readonly domain: string;
  readonly count: number;
  /** Whether the webgpu engine knows it. */
  readonly supported: boolean;
}

/** A pretrained model as read from its file. */
export interface Model {
  readonly graph: Graph;
  readonly proto: ModelProto;
  /** The file itself, weights kept beside it not included. */
  readonly bytes: Uint8Array;
  /** Weights files beside it, by the location it names them by. */
  readonly external: ExternalData;
  readonly inputs: readonly ValueSummary[];
  readonly outputs: readonly ValueSummary[];
  /** What the graph computes with, most frequent first; constants are folded and functions inlined already. */
  readonly operators: readonly OperatorCount[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Values where features may leave it, best first. */
  suggestCuts(): readonly Cut[];
}

export interface ReadModelOptions {
  readonly signal?: AbortSignal;
  /** Weights files by location, for a model given as bytes. */
  readonly external?: ExternalData;
}

/**
 * Reads an ONNX model and the weights files beside it.
 * @param source the bytes, a path, or an http(s) or file URL
 * @throws EngineError `invalid-model` for what is not ONNX or lacks its weights file; `invalid-argument` when the file cannot be read; `network`
 */
export async function readModel(source: Uint8Array | ArrayBuffer | string | URL, options: ReadModelOptions = {}): Promise<Model> {
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
    const bytes = source instanceof ArrayBuffer ? new Uint8Array(source) : source;
    return modelOf(bytes, await known(decodeModel(bytes)), options.external ?? new Map());
  }
  const address = source.toString();
  const remote = /^https?:/i.test(address);
  if (!remote && /^(hf|npm|data|blob):/i.test(address)) {
    throw new EngineError('invalid-argument', 'readModel takes no such address', {
      where: address,
      expected: 'bytes, a path, or an http(s) or file URL',
      hint: 'loadBackbone reads hf: and npm: sources.',
    });
  }
  const read = (location: string) => (remote ? fetchBytes(location, options.signal) : readFile(location));
  const main = remote ? address : resolvePath(address);
  let bytes: Uint8Array;
  try {
    bytes = await read(main);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('invalid-argument', 'the model file cannot be read', { where: address, hint: 'Check the path.', cause: error });
  }
  const proto = await known(named(address, () => decodeModel(bytes)));
  const external = await readExternalData(proto, (location) =>
    read(remote ? new URL(location, address).href : main.replace(/[^/\\]*$/, '') + location),
  );
  return named(address, () => modelOf(bytes, proto, external));
}

/** Puts the file's name before an error about its content. */
function named<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const where = file.split(/[/\\]/).pop() || file;
    throw new EngineError(error.code, error.message.replace(/\.$/, ''), {
      where,
      ...(error.node === undefined ? {} : { node: error.node }),
      cause: error,
    });
  }
}

/** Loads the further operators when the model has one of them. Constants are none: import makes values of them. */
async function known(proto: ModelProto): Promise<ModelProto> {
  const isMissing = ({ opType = '', domain = '', attribute }: NodeProto): boolean =>
    !(opType === 'Constant' || knowsType(opType, domain)) ||
    attribute.some(({ g, graphs }) => [...(g ? [g] : []), ...graphs].some(({ node }) => node.some(isMissing)));
  if ([proto.graph, ...proto.functions].some((each) => each?.node.some(isMissing))) await loadFurtherOps();
  return proto;
}

function modelOf(bytes: Uint8Array, proto: ModelProto, external: ExternalData): Model {
  const graph = importModel(proto, { external });
  const summary = (name: string): ValueSummary => {
    const type = graph.types.get(name);
    return { name, dtype: type?.dtype, shape: type?.shape };
  };
  return {
    graph,
    proto,
    bytes,
    external,
    inputs: graph.inputs.map(summary),
    outputs: graph.outputs.map(summary),
    operators: operatorsOf(graph),
    metadata: graph.metadata,
    suggestCuts: () => suggestCuts(graph),
  };
}

function operatorsOf(graph: Graph): readonly OperatorCount[] {
  const counts = new Map<string, OperatorCount>();
  for (const node of graph.nodes) {
    const { type, domain } = node;
    const key = `${domain}:${type}`;
    const known = counts.get(key);
    counts.set(key, { type, domain, count: (known?.count ?? 0) + 1, supported: (known?.supported ?? true) && findOp(node) !== undefined });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}

async function fetchBytes(url: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    throw new EngineError('network', 'the server does not give the file', {
      where: url,
      expected: 'status 200',
      got: `${response.status}`,
    });
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (signal?.aborted) throw new EngineError('cancelled', 'reading the model was cancelled', { where: url, cause: error });
    throw new EngineError('network', 'the file cannot be fetched', {
      where: url,
      hint: 'Check the connection and the address.',
      cause: error,
    });
  }
}
