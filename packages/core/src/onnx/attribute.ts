import { EngineError } from '../errors.ts';
import type { AttributeValue, Graph } from '../ir/graph.ts';
import { Tensor } from '../tensor/tensor.ts';
import { type AttributeProto, attributeTypes, type GraphProto, message } from './proto.ts';
import { type ExternalData, tensorFromProto, tensorToProto } from './tensor.ts';

const utf8 = new TextDecoder();

/** AttributeProto.AttributeType of an attribute; files of IR version 1 leave it out, and the field in use tells it. */
export function typeOfAttribute(proto: AttributeProto): number {
  if (proto.type) return proto.type;
  const { float, int, string, tensor, graph, floats, ints, strings, tensors, graphs } = attributeTypes;
  if (proto.f !== undefined) return float;
  if (proto.i !== undefined) return int;
  if (proto.s !== undefined) return string;
  if (proto.t) return tensor;
  if (proto.g) return graph;
  if (proto.floats.length > 0) return floats;
  if (proto.strings.length > 0) return strings;
  if (proto.tensors.length > 0) return tensors;
  return proto.graphs.length > 0 ? graphs : ints;
}

/**
 * The value of an attribute. Integers beyond 2^53 become the nearest number: they are only ever used as "to the end".
 * @throws EngineError `unsupported` for types, sparse tensors and sequences as attributes
 */
export function attributeFromProto(
  proto: AttributeProto,
  importGraph: (graph: GraphProto) => Graph,
  external?: ExternalData,
): AttributeValue {
  const type = typeOfAttribute(proto);
  if (type === attributeTypes.float) return proto.f ?? 0;
  if (type === attributeTypes.int) return Number(proto.i ?? 0n);
  if (type === attributeTypes.string) return utf8.decode(proto.s);
  if (type === attributeTypes.tensor && proto.t) return tensorFromProto(proto.t, external);
  if (type === attributeTypes.graph && proto.g) return importGraph(proto.g);
  if (type === attributeTypes.floats) return Array.from(proto.floats);
  if (type === attributeTypes.ints) return Array.from(proto.ints, Number);
  if (type === attributeTypes.strings) return proto.strings.map((bytes) => utf8.decode(bytes));
  if (type === attributeTypes.tensors) return proto.tensors.map((tensor) => tensorFromProto(tensor, external));
  if (type === attributeTypes.graphs) return proto.graphs.map(importGraph);
  if (type === attributeTypes.tensor || type === attributeTypes.graph) {
    throw new EngineError('invalid-model', `attribute '${proto.name ?? ''}' has no value`);
  }
  // Types as attributes (of Optional) tell what values tell themselves when they are there.
  if (proto.tp) return [proto.tp];
  throw new EngineError('unsupported', `attribute '${proto.name ?? ''}' holds a type or a sparse tensor, which is not supported`);
}

/** Whether an attribute is a float (or list of floats) that a plain number cannot tell from an integer. */
export function isWholeFloat(proto: AttributeProto): boolean {
  const type = typeOfAttribute(proto);
  if (type === attributeTypes.float) return Number.isInteger(proto.f ?? 0);
  return type === attributeTypes.floats && proto.floats.every((value) => Number.isInteger(value));
}

const kinds: Readonly<Record<string, number>> = {
  'an integer': attributeTypes.int,
  'a number': attributeTypes.float,
  'a string': attributeTypes.string,
  'a tensor': attributeTypes.tensor,
  'a graph': attributeTypes.graph,
  'a list of integers': attributeTypes.ints,
  'a list of numbers': attributeTypes.floats,
  'a list of strings': attributeTypes.strings,
};

const int64Max = 2n ** 63n - 1n;
const toInt64 = (value: number): bigint => {
  const integer = BigInt(value);
  return integer > int64Max ? int64Max : integer < -int64Max - 1n ? -int64Max - 1n : integer;
};

/**
 * Writes an attribute.
 * @param kind what the operator's record calls it ('a number', 'a list of integers'); decides what a whole number or an empty list is
 * @param isFloat whether the file the node came from had a float here
 * @throws EngineError `internal` for structured values, which only operators of the core set have
 */
export function attributeToProto(
  name: string,
  value: AttributeValue,
  kind: string | undefined,
  isFloat: boolean,
  exportBody: (graph: Graph) => GraphProto,
): AttributeProto {
  const type = (isFloat ? undefined : kinds[kind ?? '']) ?? typeOfValue(value, isFloat);
  if (type === undefined) throw new EngineError('internal', `attribute '${name}' has no form in ONNX`);
  const text = new TextEncoder();
  const fields = (): Partial<AttributeProto> => {
    switch (type) {
      case attributeTypes.float:
        return { f: value as number };
      case attributeTypes.int:
        return { i: toInt64(value as number) };
      case attributeTypes.string:
        return { s: text.encode(value as string) };
      case attributeTypes.tensor:
        return { t: tensorToProto(value as Tensor) };
      case attributeTypes.graph:
        return { g: exportBody(value as Graph) };
      case attributeTypes.floats:
        return { floats: Float32Array.from(value as readonly number[]) };
      case attributeTypes.ints:
        return { ints: BigInt64Array.from(value as readonly number[], toInt64) };
      case attributeTypes.strings:
        return { strings: (value as readonly string[]).map((item) => text.encode(item)) };
      case attributeTypes.tensors:
        return { tensors: (value as readonly Tensor[]).map((item) => tensorToProto(item)) };
      default:
        return { graphs: (value as readonly Graph[]).map(exportBody) };
    }
  };
  return message('AttributeProto', { name, type, ...fields() });
}

function typeOfValue(value: AttributeValue, isFloat: boolean): number | undefined {
  const single = typeOfSingle(Array.isArray(value) ? (value[0] ?? 0) : (value as Exclude<AttributeValue, readonly unknown[]>), isFloat);
  if (!Array.isArray(value) || single === undefined) return single;
  const { float, int, string, tensor, floats, ints, strings, tensors, graphs } = attributeTypes;
  if (single === int && value.some((item) => !Number.isInteger(item))) return floats;
  return single === float ? floats : single === int ? ints : single === string ? strings : single === tensor ? tensors : graphs;
}

function typeOfSingle(value: unknown, isFloat: boolean): number | undefined {
  if (typeof value === 'number') return isFloat || !Number.isInteger(value) ? attributeTypes.float : attributeTypes.int;
  if (typeof value === 'string') return attributeTypes.string;
  if (value instanceof Tensor) return attributeTypes.tensor;
  return typeof value === 'object' && value !== null && 'nodes' in value ? attributeTypes.graph : undefined;
}
