/**
 * The messages of onnx.proto (ONNX IR specification), as one table that decode, encode and the types below follow.
 * Fields this table does not name (training information, device configurations, newer fields) are kept as raw bytes.
 */

/** Element kinds of a field. int53: an int64 that counts something (a dimension, a version); beyond 2^53 the file is refused. */
export type ScalarKind = 'string' | 'bytes' | 'float' | 'double' | 'int32' | 'int53' | 'int64' | 'uint64';

export interface Field<K extends string = string, M extends boolean = boolean> {
  /** Field number on the wire. */
  readonly id: number;
  /** A scalar kind, or the name of a message of the table. */
  readonly kind: K;
  readonly many: M;
}

const one = <K extends string>(id: number, kind: K): Field<K, false> => ({ id, kind, many: false });
const many = <K extends string>(id: number, kind: K): Field<K, true> => ({ id, kind, many: true });

export const schema = {
  ModelProto: {
    irVersion: one(1, 'int53'),
    producerName: one(2, 'string'),
    producerVersion: one(3, 'string'),
    domain: one(4, 'string'),
    modelVersion: one(5, 'int64'),
    docString: one(6, 'string'),
    graph: one(7, 'GraphProto'),
    opsetImport: many(8, 'OperatorSetIdProto'),
    metadataProps: many(14, 'StringStringEntryProto'),
    functions: many(25, 'FunctionProto'),
  },
  OperatorSetIdProto: { domain: one(1, 'string'), version: one(2, 'int53') },
  StringStringEntryProto: { key: one(1, 'string'), value: one(2, 'string') },
  GraphProto: {
    node: many(1, 'NodeProto'),
    name: one(2, 'string'),
    initializer: many(5, 'TensorProto'),
    docString: one(10, 'string'),
    input: many(11, 'ValueInfoProto'),
    output: many(12, 'ValueInfoProto'),
    valueInfo: many(13, 'ValueInfoProto'),
    sparseInitializer: many(15, 'SparseTensorProto'),
    metadataProps: many(16, 'StringStringEntryProto'),
  },
  NodeProto: {
    input: many(1, 'string'),
    output: many(2, 'string'),
    name: one(3, 'string'),
    opType: one(4, 'string'),
    attribute: many(5, 'AttributeProto'),
    docString: one(6, 'string'),
    domain: one(7, 'string'),
    overload: one(8, 'string'),
    metadataProps: many(9, 'StringStringEntryProto'),
  },
  AttributeProto: {
    name: one(1, 'string'),
    f: one(2, 'float'),
    i: one(3, 'int64'),
    s: one(4, 'bytes'),
    t: one(5, 'TensorProto'),
    g: one(6, 'GraphProto'),
    floats: many(7, 'float'),
    ints: many(8, 'int64'),
    strings: many(9, 'bytes'),
    tensors: many(10, 'TensorProto'),
    graphs: many(11, 'GraphProto'),
    docString: one(13, 'string'),
    tp: one(14, 'TypeProto'),
    typeProtos: many(15, 'TypeProto'),
    type: one(20, 'int32'),
    refAttrName: one(21, 'string'),
    sparseTensor: one(22, 'SparseTensorProto'),
    sparseTensors: many(23, 'SparseTensorProto'),
  },
  FunctionProto: {
    name: one(1, 'string'),
    input: many(4, 'string'),
    output: many(5, 'string'),
    attribute: many(6, 'string'),
    node: many(7, 'NodeProto'),
    docString: one(8, 'string'),
    opsetImport: many(9, 'OperatorSetIdProto'),
    domain: one(10, 'string'),
    attributeProto: many(11, 'AttributeProto'),
    valueInfo: many(12, 'ValueInfoProto'),
    overload: one(13, 'string'),
    metadataProps: many(14, 'StringStringEntryProto'),
  },
  TensorProto: {
    dims: many(1, 'int53'),
    dataType: one(2, 'int32'),
    segment: one(3, 'SegmentProto'),
    floatData: many(4, 'float'),
    int32Data: many(5, 'int32'),
    stringData: many(6, 'bytes'),
    int64Data: many(7, 'int64'),
    name: one(8, 'string'),
    rawData: one(9, 'bytes'),
    doubleData: many(10, 'double'),
    uint64Data: many(11, 'uint64'),
    docString: one(12, 'string'),
    externalData: many(13, 'StringStringEntryProto'),
    dataLocation: one(14, 'int32'),
    metadataProps: many(16, 'StringStringEntryProto'),
  },
  SegmentProto: { begin: one(1, 'int53'), end: one(2, 'int53') },
  SparseTensorProto: { values: one(1, 'TensorProto'), indices: one(2, 'TensorProto'), dims: many(3, 'int53') },
  SequenceProto: {
    name: one(1, 'string'),
    elemType: one(2, 'int32'),
    tensorValues: many(3, 'TensorProto'),
    sequenceValues: many(5, 'SequenceProto'),
    optionalValues: many(7, 'OptionalProto'),
  },
  OptionalProto: {
    name: one(1, 'string'),
    elemType: one(2, 'int32'),
    tensorValue: one(3, 'TensorProto'),
    sequenceValue: one(5, 'SequenceProto'),
    optionalValue: one(7, 'OptionalProto'),
  },
  ValueInfoProto: {
    name: one(1, 'string'),
    type: one(2, 'TypeProto'),
    docString: one(3, 'string'),
    metadataProps: many(4, 'StringStringEntryProto'),
  },
  TypeProto: {
    tensorType: one(1, 'TensorTypeProto'),
    sequenceType: one(4, 'SequenceTypeProto'),
    mapType: one(5, 'MapTypeProto'),
    denotation: one(6, 'string'),
    sparseTensorType: one(8, 'TensorTypeProto'),
    optionalType: one(9, 'SequenceTypeProto'),
  },
  TensorTypeProto: { elemType: one(1, 'int32'), shape: one(2, 'TensorShapeProto') },
  SequenceTypeProto: { elemType: one(1, 'TypeProto') },
  MapTypeProto: { keyType: one(1, 'int32'), valueType: one(2, 'TypeProto') },
  TensorShapeProto: { dim: many(1, 'DimensionProto') },
  DimensionProto: { dimValue: one(1, 'int53'), dimParam: one(2, 'string'), denotation: one(3, 'string') },
} as const;

type Schema = typeof schema;
export type MessageName = keyof Schema;

interface SingleValue {
  string: string;
  bytes: Uint8Array;
  float: number;
  double: number;
  int32: number;
  int53: number;
  int64: bigint;
  uint64: bigint;
}

interface RepeatedValue {
  string: readonly string[];
  bytes: readonly Uint8Array[];
  float: Float32Array;
  double: Float64Array;
  int32: Int32Array;
  int53: readonly number[];
  int64: BigInt64Array;
  uint64: BigUint64Array;
}

type Single<K> = K extends keyof SingleValue ? SingleValue[K] : K extends MessageName ? Message<K> : never;
type Repeated<K> = K extends keyof RepeatedValue ? RepeatedValue[K] : K extends MessageName ? readonly Message<K>[] : never;
type OneOf<M> = { [F in keyof M]: M[F] extends Field<string, false> ? F : never }[keyof M];
type ManyOf<M> = { [F in keyof M]: M[F] extends Field<string, true> ? F : never }[keyof M];
type KindOf<F> = F extends Field<infer K> ? K : never;

/** A message as a plain object: absent single fields are missing, repeated fields are always there (empty when absent). */
export type Message<N extends MessageName> = {
  readonly [F in OneOf<Schema[N]>]?: Single<KindOf<Schema[N][F]>>;
} & {
  readonly [F in ManyOf<Schema[N]>]: Repeated<KindOf<Schema[N][F]>>;
} & {
  /** Fields the table does not name, each as it stood in the file (tag included). */
  readonly unknown?: readonly Uint8Array[];
};

export type ModelProto = Message<'ModelProto'>;
export type GraphProto = Message<'GraphProto'>;
export type NodeProto = Message<'NodeProto'>;
export type AttributeProto = Message<'AttributeProto'>;
export type FunctionProto = Message<'FunctionProto'>;
export type TensorProto = Message<'TensorProto'>;
export type ValueInfoProto = Message<'ValueInfoProto'>;
export type TypeProto = Message<'TypeProto'>;
export type OperatorSetIdProto = Message<'OperatorSetIdProto'>;
export type StringStringEntryProto = Message<'StringStringEntryProto'>;

/** AttributeProto.AttributeType. */
export const attributeTypes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
  tensors: 9,
  graphs: 10,
} as const;

const emptyOf = {
  float: new Float32Array(0),
  double: new Float64Array(0),
  int32: new Int32Array(0),
  int64: new BigInt64Array(0),
  uint64: new BigUint64Array(0),
} as const;
const nothing: readonly never[] = Object.freeze([]);

/** What a repeated field is when the file does not have it. */
export function emptyRepeated(kind: string): unknown {
  return kind in emptyOf ? emptyOf[kind as keyof typeof emptyOf] : nothing;
}

const blanks = new Map<MessageName, Record<string, unknown>>();

/** The repeated fields of a message, all empty. */
export function blank(name: MessageName): Readonly<Record<string, unknown>> {
  let fields = blanks.get(name);
  if (!fields) {
    const entries = Object.entries<Field>(schema[name]).filter(([, field]) => field.many);
    fields = Object.fromEntries(entries.map(([key, { kind }]) => [key, emptyRepeated(kind)]));
    blanks.set(name, fields);
  }
  return fields;
}

/** A message with the given fields; repeated fields left out are empty. */
export function message<N extends MessageName>(name: N, fields: Partial<Message<N>>): Message<N> {
  return { ...blank(name), ...fields } as Message<N>;
}
