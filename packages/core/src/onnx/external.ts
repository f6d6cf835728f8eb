import { EngineError } from '../errors.ts';
import type { AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto } from './proto.ts';
import type { ExternalData } from './tensor.ts';

/** The weights files a model names, in order of first use (ONNX, "External Data"). */
export function externalLocations(model: ModelProto): readonly string[] {
  const tensors = [...(model.graph ? tensorsOf(model.graph) : []), ...model.functions.flatMap((each) => each.node.flatMap(tensorsOfNode))];
  const locations = tensors
    .filter((tensor) => tensor.dataLocation === 1)
    .map((tensor) => tensor.externalData.find(({ key }) => key === 'location')?.value ?? '');
  return [...new Set(locations)];
}

/**
 * Reads every weights file of a model.
 * @param read gives the bytes of a location, a path relative to the model's folder
 * @throws EngineError `invalid-model` when a location leaves the model's folder or its file cannot be read
 */
export async function readExternalData(
  model: ModelProto,
  read: (location: string) => Promise<Uint8Array> | Uint8Array,
): Promise<ExternalData> {
  const files = new Map<string, Uint8Array>();
  for (const location of externalLocations(model)) {
    if (!isInside(location)) {
      throw new EngineError('invalid-model', 'the weights file lies outside the folder of the model', {
        where: `external data '${location}'`,
        expected: 'a relative path without ..',
        hint: 'Only files beside the model are read. Do not trust a model that asks for others.',
      });
    }
    try {
      files.set(location, await read(location));
    } catch (error) {
      // Network and cancellation errors say what happened already; only a missing or unreadable file needs words.
      if (error instanceof EngineError) throw error;
      throw new EngineError('invalid-model', `the weights file '${location}' cannot be read`, {
        hint: `Put '${location}' beside the model, as it came with it.`,
        cause: error,
      });
    }
  }
  return files;
}

function isInside(location: string): boolean {
  const parts = location.split(/[/\\]/);
  return location !== '' && parts[0] !== '' && !parts.includes('..') && !/^[a-z][a-z0-9+.-]*:/i.test(location) && !location.includes('\0');
}

function tensorsOf(graph: GraphProto): readonly TensorProto[] {
  return [...graph.initializer, ...graph.node.flatMap(tensorsOfNode)];
}

function tensorsOfNode(node: NodeProto): readonly TensorProto[] {
  return node.attribute.flatMap((attribute: AttributeProto) => [
    ...(attribute.t ? [attribute.t] : []),
    ...attribute.tensors,
    ...[...(attribute.g ? [attribute.g] : []), ...attribute.graphs].flatMap(tensorsOf),
  ]);
}
