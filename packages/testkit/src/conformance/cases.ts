import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, decodeModel } from '@headstart/core/src/onnx/decode.ts';
import { type ModelProto, message, type TypeProto } from '@headstart/core/src/onnx/proto.ts';
import { dtypeOfDataType, tensorFromProto } from '@headstart/core/src/onnx/tensor.ts';
import { type RuntimeValue, Sequence } from '@headstart/core/src/ops/value.ts';
import { sizeOf } from '@headstart/core/src/tensor/shape.ts';
import { Tensor } from '@headstart/core/src/tensor/tensor.ts';

/** Where Debian's package `libonnx-testdata` puts the cases of the ONNX project. */
export const conformanceRoot = '/usr/share/libonnx-testdata/data';

/** One case: a model with inputs and the outputs it must give. */
export interface ConformanceCase {
  /** `node/test_abs`. */
  readonly name: string;
  /** Path of the model. */
  readonly model: string;
  /** Folders of `input_*.pb` and `output_*.pb`; empty for the light models, whose input is a ramp. */
  readonly data: readonly string[];
  /** Stored output of a light model. */
  readonly stored?: string;
}

const groups = ['node', 'pytorch-converted', 'pytorch-operator', 'simple'] as const;

/**
 * The cases that are on this machine, by name. The light models are not part of Debian's package, which has their names alone.
 * @param light folder with `light_<name>.onnx` and their outputs
 */
export function listCases(root: string, light?: string): readonly ConformanceCase[] {
  const own = groups.flatMap((group) =>
    !existsSync(join(root, group))
      ? []
      : readdirSync(join(root, group))
          .sort()
          .map((name): ConformanceCase => {
            const folder = join(root, group, name);
            const data = readdirSync(folder).filter((entry) => entry.startsWith('test_data_set_'));
            return { name: `${group}/${name}`, model: join(folder, 'model.onnx'), data: data.sort().map((entry) => join(folder, entry)) };
          }),
  );
  if (!light || !existsSync(light)) return own;
  const models = readdirSync(light)
    .filter((file) => /^light_.*\.onnx$/.test(file))
    .sort()
    .map((file): ConformanceCase => {
      const stored = join(light, file.replace('.onnx', '_output_0.pb'));
      return { name: `light/${file.slice('light_'.length, -'.onnx'.length)}`, model: join(light, file), data: [], stored };
    });
  return [...own, ...models];
}

export interface CaseData {
  readonly feeds: Readonly<Record<string, RuntimeValue>>;
  readonly expected: ReadonlyMap<string, RuntimeValue>;
}

/** The data sets of a case. */
export function readData(each: ConformanceCase, model: ModelProto): readonly CaseData[] {
  const graph = model.graph;
  if (!graph) throw new Error(`${each.name}: no graph`);
  const constants = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  if (each.stored) {
    const [input] = inputs;
    const shape = input?.type?.tensorType?.shape?.dim.map(({ dimValue = 1 }) => dimValue) ?? [];
    // What ONNX's own runner feeds these models (onnx/backend/test/runner, generate_dummy_data).
    const ramp = Float32Array.from({ length: sizeOf(shape) }, (_, index) => index / sizeOf(shape));
    const value = tensorFromProto(decode('TensorProto', new Uint8Array(readFileSync(each.stored))));
    return [{ feeds: { [input?.name ?? '']: Tensor.from(ramp, shape) }, expected: new Map([[graph.output[0]?.name ?? '', value]]) }];
  }
  return each.data.map((folder) => {
    const value = (kind: string, index: number, type: TypeProto | undefined) => {
      const file = join(folder, `${kind}_${index}.pb`);
      return existsSync(file) ? readValue(new Uint8Array(readFileSync(file)), type) : undefined;
    };
    const feeds = inputs.flatMap(({ name = '', type }, index) => {
      const found = value('input', index, type);
      return found === undefined ? [] : [[name, found] as const];
    });
    const expected = graph.output.flatMap(({ name = '', type }, index) => {
      const found = value('output', index, type);
      return found === undefined ? [] : [[name, found] as const];
    });
    return { feeds: Object.fromEntries(feeds), expected: new Map(expected) };
  });
}

export function readProto(path: string): { readonly bytes: Uint8Array; readonly proto: ModelProto } {
  const bytes = new Uint8Array(readFileSync(path));
  return { bytes, proto: decodeModel(bytes) };
}

/** A value file: TensorProto, SequenceProto or OptionalProto (onnx/onnx-data.proto), as the declared type says. */
function readValue(bytes: Uint8Array, type: TypeProto | undefined): RuntimeValue {
  if (type?.sequenceType) {
    const sequence = decode('SequenceProto', bytes);
    return new Sequence(sequence.tensorValues.map((tensor) => tensorFromProto(tensor)));
  }
  if (type?.optionalType) {
    const optional = decode('OptionalProto', bytes);
    if (optional.tensorValue) return tensorFromProto(optional.tensorValue);
    if (!optional.sequenceValue) return null;
    return new Sequence(optional.sequenceValue.tensorValues.map((tensor) => tensorFromProto(tensor)));
  }
  const proto = decode('TensorProto', bytes);
  // Files of zero-sized tensors may leave everything out.
  const value = tensorFromProto(proto.dataType === undefined ? message('TensorProto', { ...proto, dataType: 1, dims: [0] }) : proto);
  // NumPy has no bfloat16: its files hold the bits as uint16.
  const isBfloat16 = value.dtype === 'uint16' && dtypeOfDataType(type?.tensorType?.elemType) === 'bfloat16';
  return isBfloat16 ? Tensor.from(value.data, value.shape, 'bfloat16') : value;
}
