import { sizeOf } from '../../tensor/shape.ts';
import type { Binding, Candidate, Capabilities } from '../../wgsl/kernel.ts';
import { type Epilogue, epilogueOf } from '../elementwise/epilogue.ts';
import type { Expression } from '../elementwise/expression.ts';
import { kernelName } from '../elementwise/name.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { CoreNBitsAttributes } from './matmul-nbits-core.ts';

/** A product with packed weights and everything its kernels need. */
export interface PackedProduct {
  readonly a: BoundType;
  readonly scales: BoundType;
  readonly zeros: BoundType | undefined;
  readonly output: BoundType;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly bits: number;
  readonly blockSize: number;
  readonly expression: Expression;
  readonly epilogue: Epilogue;
  readonly caps: Capabilities;
}

export function packedProductOf(
  inputs: readonly (BoundType | undefined)[],
  { k, bits, blockSize, expression }: CoreNBitsAttributes,
  { outputs, caps }: KernelContext,
): PackedProduct {
  const [a, words, scales, zeros, ...rest] = inputs as [BoundType, BoundType, BoundType, BoundType | undefined, ...BoundType[]];
  const output = outputs[0] as BoundType;
  const n = words.shape[1] as number;
  const m = sizeOf(a.shape) / k;
  const operands = rest.map((type, index) => ({ name: `in${index + 4}`, type }));
  const epilogue = epilogueOf(expression, 'f32', operands, output, [
    { name: 'row', inner: n, dim: m },
    { name: 'column', inner: 1, dim: n },
  ]);
  return { a, scales, zeros, output, m, n, k, bits, blockSize, expression, epilogue, caps };
}

/** How a kernel reads: `vector` columns' words, scales and zero points a load, `terms` neighbouring elements of A a load. */
interface Loads {
  readonly vector?: 1 | 4;
  readonly terms?: 1 | 4;
  readonly subgroups?: boolean;
}

/** The candidate for a kernel body. */
export function packedCandidate(
  product: PackedProduct,
  name: string,
  base: string,
  lanes: number,
  body: string,
  params: Readonly<Record<string, number>>,
  grid: readonly [number, number, number],
  { vector = 1, terms = 1, subgroups = false }: Loads = {},
): Candidate {
  const { a, scales, zeros, output, m, n, k, bits, epilogue, expression } = product;
  const bindings: Binding[] = [
    { name: 'in0', elem: a.elem, access: 'read', vector: terms },
    { name: 'in1', elem: 'u32', access: 'read', vector },
    { name: 'in2', elem: scales.elem, access: 'read', vector },
    ...(zeros ? [{ name: 'in3', elem: zeros.elem, access: 'read', vector } as const] : []),
    ...epilogue.bindings,
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
  const values = { rows: m, columns: n, depth: k, ...params };
  return {
    name: `${name}, ${bits} bits`,
    dispatches: [
      {
        kernel: {
          name: kernelName(base, expression, bindings, body),
          bindings,
          params: { ...Object.fromEntries(Object.keys(values).map((each) => [each, 'u32' as const])), ...epilogue.params },
          workgroupSize: [lanes, 1, 1],
          ...(subgroups ? { enable: ['subgroups'] as const } : {}),
          body,
        },
        bind: bindings.map((binding) => binding.name),
        params: { ...values, ...epilogue.values },
        grid,
        floats: 2 * m * n * k,
      },
    ],
  };
}
