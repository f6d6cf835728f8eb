import type { Dim, ValueType } from '../../ir/graph.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import { int64s } from '../movement/host.ts';
import type { Op } from '../op.ts';
import { addNormalization } from './affine.ts';
import { floating, scaled } from './layer-normalization.ts';
import { normalizeRows } from './normalize.ts';

/**
 * com.microsoft EmbedLayerNormalization: normalise(words[ids] + positions[place] + segments[segment]) · gamma + beta.
 * Inputs: input_ids int32 [B, S], segment_ids [B, S], words [V, D], positions [P, D], segments [2, D], gamma [D], beta [D],
 * mask [B, S], position_ids [B or 1, S]; segment_ids with segments, mask and position_ids are optional.
 * Outputs: y [B, S, D], mask_index int32 [B] (the mask's sums, 0 without a mask), and the sum of the embeddings.
 */
export const embedLayerNormalization: Op<{ epsilon: number }> = {
  type: 'EmbedLayerNormalization',
  domain: 'com.microsoft',
  since: 1,
  attributes: { epsilon: attribute.float(1e-12) },
  infer(inputs) {
    const ids = required(inputs[0], 'input_ids');
    const words = floating(inputs[2], 'word_embedding');
    for (const [index, name] of Object.entries({ 3: 'position_embedding', 5: 'gamma', 6: 'beta' })) required(inputs[Number(index)], name);
    const y: ValueType = { dtype: words.dtype, shape: [...ids.shape, words.shape[1] as Dim] };
    return [y, { dtype: 'int32', shape: [ids.shape[0] as Dim] }, y];
  },
  reference(inputs, { epsilon }, outputs) {
    const [ids, segmentIds, words, positions, segments, gamma, beta, mask, positionIds] = inputs as readonly (Tensor | undefined)[];
    const [tokens, table, places] = [ids, words, positions] as [Tensor, Tensor, Tensor];
    const [batch = 1, length = 1] = tokens.shape;
    const width = table.shape[1] as number;
    const values = Array.from({ length: batch * length * width }, (_, offset) => {
      const [token, column] = [Math.floor(offset / width), offset % width];
      const place = positionIds ? positionIds.at(positionIds.shape[0] === 1 ? token % length : token) : token % length;
      const segment = segmentIds && segments ? segments.at(segmentIds.at(token) * width + column) : 0;
      return table.at(tokens.at(token) * width + column) + places.at(place * width + column) + segment;
    });
    const sum = tensorOf(values, [batch, length, width], table.dtype);
    const y = scaled(normalizeRows(sum, -1, true, epsilon).values, sum, gamma, beta);
    const counts = Int32Array.from({ length: batch }, (_, b) => {
      let count = 0;
      for (let s = 0; mask && s < length; s++) count += mask.at(b * length + s);
      return count;
    });
    return [y, Tensor.from(counts), sum].slice(0, outputs);
  },
  lower({ g, inputs, types, attributes: { epsilon } }) {
    const [ids = '', segmentIds = '', words = '', positions = '', segments = '', gamma = '', beta = '', mask = '', positionIds = ''] =
      inputs;
    const [batch = 1, length = 1] = (types[0] as ValueType).shape as readonly number[];
    const places = Int32Array.from({ length }, (_, s) => s);
    const place = positionIds === '' ? g.constant(Tensor.from(places), g.fresh('positions')) : positionIds;
    const gather = (table: string, indices: string) => g.add('Gather', [table, indices]);
    const located = g.add('Add', [gather(words, ids), gather(positions, place)]);
    const sum = segmentIds === '' || segments === '' ? located : g.add('Add', [located, gather(segments, segmentIds)]);
    const count =
      mask === ''
        ? g.constant(Tensor.zeros([batch], 'int32'), g.fresh('mask_index'))
        : g.add('ReduceSum', [mask, g.constant(int64s([1]), g.fresh('axes'))], { keepdims: 0 });
    return [addNormalization(g, sum, gamma, beta, { axis: -1, centred: true, epsilon }), count, sum];
  },
};
