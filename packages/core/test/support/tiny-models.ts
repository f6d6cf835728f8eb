import { wordTokenizer } from '@headstart/testkit';
import { encodeModel } from '../../src/onnx/encode.ts';
import { exportGraph } from '../../src/onnx/export.ts';
import { newBuilder } from '../../src/ops/registry.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

/** A classifier of pictures: four channels by a 1 × 1 convolution, global average (the features), four classes. */
export function tinyImageModel(): Uint8Array {
  const g = newBuilder({ fold: false });
  g.input('pixels', 'float32', ['batch', 3, 'height', 'width']);
  g.constant(Tensor.from([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1], [4, 3, 1, 1]), 'mix');
  const mixed = g.add('Conv', ['pixels', 'mix'], {}, { opset: 17, name: 'mix', outputs: ['mixed'] });
  const rectified = g.add('Relu', [mixed], {}, { opset: 17, name: 'relu', outputs: ['rectified'] });
  const pooled = g.add('GlobalAveragePool', [rectified], {}, { opset: 17, outputs: ['pooled'] });
  const flat = g.add('Flatten', [pooled], { axis: 1 }, { opset: 17, outputs: ['flat'] });
  g.constant(
    Tensor.from(
      Float32Array.from({ length: 16 }, (_, index) => index / 16),
      [4, 4],
    ),
    'weights',
  );
  const logits = g.add('MatMul', [flat, 'weights'], {}, { opset: 17, outputs: ['logits'] });
  return encodeModel(exportGraph(g.build([logits], 'tiny-image')));
}

/** An encoder of texts: the embedding of each of 8 tokens, tripled; [B, T, 4]. */
export function tinyTextModel(): Uint8Array {
  const g = newBuilder({ fold: false });
  g.input('input_ids', 'int64', ['batch', 'tokens']);
  g.input('attention_mask', 'int64', ['batch', 'tokens']);
  g.constant(
    Tensor.from(
      Float32Array.from({ length: 32 }, (_, index) => ((index * 7) % 13) - 6),
      [8, 4],
    ),
    'embedding',
  );
  const embedded = g.add('Gather', ['embedding', 'input_ids'], { axis: 0 }, { opset: 17, outputs: ['embedded'] });
  const three = g.constant(Tensor.from([3], []), 'three');
  const hidden = g.add('Mul', [embedded, three], {}, { opset: 17, outputs: ['last_hidden_state'] });
  return encodeModel(exportGraph(g.build([hidden], 'tiny-text')));
}

/** Words as tokens: [PAD] 0, [UNK] 1, [CLS] 2, [SEP] 3, then good, bad, film, day. */
export const tinyTokenizer = wordTokenizer(['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'good', 'bad', 'film', 'day']);

export const tinyTokenizerConfig = {
  pad_token: '[PAD]',
  unk_token: '[UNK]',
  model_max_length: 64,
  tokenizer_class: 'PreTrainedTokenizerFast',
};

export function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
