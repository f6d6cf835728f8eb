import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { derived } from '../../tensor/derived.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required, requiredConstant } from '../dims.ts';
import { ExpressionBuilder } from '../elementwise/build.ts';
import { productOnHost, roundTo } from '../matmul/matmul.ref.ts';
import { requireFloat } from '../matmul/shape.ts';
import type { Op } from '../op.ts';
import { type BlockLayout, byBlock, dequantise, packWords, zerosByBlock } from './pack.ts';

export interface NBitsAttributes {
  readonly K: number;
  readonly N: number;
  readonly bits: number;
  readonly block_size: number;
}

function layoutOf({ K: k, N: n, bits, block_size: blockSize }: NBitsAttributes): BlockLayout {
  if ((bits !== 4 && bits !== 8) || blockSize < 16 || (blockSize & (blockSize - 1)) !== 0) {
    throw new EngineError('unsupported', 'this quantisation has no kernel', {
      expected: '4 or 8 bits, blocks of 16, 32, 64, …',
      got: `${bits} bits, blocks of ${blockSize}`,
      hint: "Use the 'wasm' engine for this model.",
    });
  }
  return { k, n, bits, blockSize };
}

/**
 * com.microsoft MatMulNBits (onnxruntime ContribOperators.md): A[…, K] × Wᵀ, W[N, K] quantised in blocks along K.
 * Inputs: A, B uint8[N, blocks, blockSize·bits/8], scales[N·blocks], zero points (optional, packed or float), g_idx (not used by
 * block-wise exporters), bias[N] (optional).
 */
export const matmulNBits: Op<NBitsAttributes> = {
  type: 'MatMulNBits',
  domain: 'com.microsoft',
  since: 1,
  attributes: { K: attribute.int(), N: attribute.int(), bits: attribute.int(4), block_size: attribute.int() },
  infer([a], { K, N }) {
    const x = required(a, 'A');
    const inner = x.shape.at(-1);
    if (typeof inner === 'number' && inner !== K) {
      throw new EngineError('invalid-argument', 'the last axis of A is not K', { expected: `${K}`, got: `[${x.shape.join(', ')}]` });
    }
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, -1), N] }];
  },
  reference([a, b, scales, zeros, , bias], attributes) {
    const x = a as Tensor;
    const layout = layoutOf(attributes);
    const { k, n } = layout;
    const weights = dequantise(
      packWords(b as Tensor, layout),
      byBlock(scales as Tensor, layout),
      zeros ? zerosByBlock(zeros, layout) : undefined,
      layout,
    );
    const { values } = productOnHost(x.reshape([x.size / k, k]), weights, false, false);
    const shape = [...x.shape.slice(0, -1), n];
    return [roundTo(bias ? values.map((value, offset) => value + bias.at(offset % n)) : values, shape, x.dtype)];
  },
  lower({ g, inputs, types, attributes, constant }) {
    const layout = layoutOf(attributes);
    const x = required(types[0], 'A') as ValueType;
    requireFloat(x, 'MatMulNBits');
    if (inputs[4]) {
      throw new EngineError('unsupported', 'weights with a group index have no kernel', { hint: "Use the 'wasm' engine for this model." });
    }
    const key = `matmul-nbits/${layout.bits}/${layout.blockSize}`;
    const repacked = (index: number, name: string, pack: (tensor: Tensor, layout: BlockLayout) => Tensor) => {
      const tensor = requiredConstant(constant(index), name);
      return g.constant(
        derived(tensor, `${key}/${name}`, () => pack(tensor, layout)),
        g.fresh(`${inputs[index]}.${name}`),
      );
    };
    const words = repacked(1, 'B', packWords);
    const scales = repacked(2, 'scales', byBlock);
    const zeros = inputs[3] ? repacked(3, 'zero_points', zerosByBlock) : '';
    const bias = inputs[5] ?? '';
    const e = new ExpressionBuilder([x.dtype, x.dtype]);
    const expression = bias === '' ? [] : e.build(e.apply('Add', [0, 1]));
    const core = { k: layout.k, bits: layout.bits, blockSize: layout.blockSize, expression };
    const all = [inputs[0] as string, words, scales, zeros, ...(bias === '' ? [] : [bias])];
    return [g.add('MatMulNBits', all, core, { domain: 'headstart' })];
  },
};
