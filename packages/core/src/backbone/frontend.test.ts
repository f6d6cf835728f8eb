import { t } from '@headstart/testkit';
import { expect, test } from 'vitest';
import { encodeModel } from '../onnx/encode.ts';
import { exportGraph } from '../onnx/export.ts';
import { evaluate } from '../ops/evaluate.ts';
import { logMelReference } from '../ops/log-mel/log-mel.ref.ts';
import { newBuilder } from '../ops/registry.ts';
import { specialise } from '../passes/specialise.ts';
import { Tensor } from '../tensor/tensor.ts';
import { createWasmSession } from '../wasm/session.ts';
import { attachFrontend, waveformInput } from './frontend.ts';
import { whisperMel } from './preprocessor-config.ts';

/** Sums of pairs of frames of [N, 1, T, 4], written for 6 frames. */
function encoder() {
  const g = newBuilder({ fold: false });
  const input = g.input('spectrum', 'float32', ['batch', 6, 4, 1]);
  const [planes = ''] = g.addAll(
    'Reshape',
    [input, g.constant(Tensor.from(BigInt64Array.of(-1n, 1n, 6n, 4n)))],
    {},
    { outputs: ['planes'] },
  );
  const weights = g.constant(t('float32', [3, 1, 2, 4]).tensor, 'weights');
  return g.build(g.addAll('Conv', [planes, weights], { kernel_shape: [2, 4], strides: [2, 1] }, { outputs: ['encoded'] }));
}

/** [N, S] cut into frames of 5 samples, four sums of each: [N, 1, S / 5, 4]. */
function spectrum() {
  const g = newBuilder({ fold: false });
  const input = g.input('sound', 'float32', ['batch', 'samples']);
  const planes = g.add('Unsqueeze', [input, g.constant(Tensor.from(BigInt64Array.of(1n, 2n)))]);
  const weights = g.constant(t('float32', [4, 1, 1, 5], { seed: 4 }).tensor, 'weights');
  const bands = g.add('Conv', [planes, weights], { kernel_shape: [1, 5], strides: [1, 5] });
  const [frames = ''] = g.addAll('Transpose', [bands], { perm: [0, 2, 3, 1] }, { outputs: ['frames'] });
  return g.build([g.add('Relu', [frames])]);
}

test('a model behind another: gain, floor, scale and offset between them, longer clips than the file fixes', async () => {
  const frontend = { kind: 'model', model: 'm', gain: 3, value: 'frames', floor: 0.5, scale: 0.1, offset: 2, entry: 'planes' } as const;
  const graph = attachFrontend(encoder(), frontend, { chained: spectrum() });
  expect(graph.inputs).toEqual([waveformInput]);
  const sound = t('float32', [2, 50]).tensor;
  const { encoded } = evaluate(specialise(graph, { batch: 2, samples: 50 }), { waveform: sound });
  expect(encoded?.shape).toEqual([2, 3, 5, 1]);
  // By hand: one output of the second clip.
  const [first, second] = [t('float32', [4, 1, 1, 5], { seed: 4 }).tensor, t('float32', [3, 1, 2, 4]).tensor];
  let expected = 0;
  for (let frame = 0; frame < 2; frame++) {
    for (let band = 0; band < 4; band++) {
      let sum = 0;
      for (let at = 0; at < 5; at++) sum += 3 * sound.at(50 + (4 + frame) * 5 + at) * first.at(band * 5 + at);
      expected += (Math.max(0.5, sum) * 0.1 + 2) * second.at(1 * 8 + frame * 4 + band);
    }
  }
  expect(encoded?.at(1 * 15 + 1 * 5 + 2)).toBeCloseTo(expected, 5);
  const session = await createWasmSession(encodeModel(exportGraph(graph)));
  const { encoded: theirs } = await session.run({ waveform: sound }, ['encoded']);
  session.dispose();
  expect(theirs?.toNumbers()).toEqual(encoded?.toNumbers().map((value) => expect.closeTo(value as number, 5)));
});

test('two clips in a batch are what they are alone', () => {
  const frontend = { kind: 'model', model: 'm', gain: 1, value: 'frames', floor: 0, scale: 1, offset: 0, entry: 'planes' } as const;
  const graph = attachFrontend(encoder(), frontend, { chained: spectrum() });
  const sound = t('float32', [2, 30]).tensor;
  const both = evaluate(specialise(graph, { batch: 2, samples: 30 }), { waveform: sound }).encoded?.toNumbers() ?? [];
  const alone = evaluate(specialise(graph, { batch: 1, samples: 30 }), {
    waveform: Tensor.from((sound.data as Float32Array).slice(30), [1, 30]),
  });
  expect(alone.encoded?.toNumbers()).toEqual(both.slice(both.length / 2));
});

/** The input itself. */
function through(shape: readonly (string | number)[]) {
  const g = newBuilder();
  return g.build(g.addAll('Identity', [g.input('input', 'float32', shape)], {}, { outputs: ['output'] }));
}

test('wav2vec2: each clip has mean 0 and variance 1', () => {
  const graph = attachFrontend(through(['batch', 'samples']), { kind: 'waveform', normalise: true });
  const sound = Tensor.from(Float32Array.of(1, 2, 3, 4, 10, 10, 10, 30), [2, 4]);
  const values = evaluate(specialise(graph, { batch: 2, samples: 4 }), { waveform: sound }).output?.toNumbers() as number[];
  for (const row of [values.slice(0, 4), values.slice(4)]) {
    expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
    expect(row.reduce((sum, value) => sum + value * value, 0) / 4).toBeCloseTo(1, 4);
  }
});

test('Whisper: within 8 of the loudest (log10), then (x + 4) / 4, the last frame dropped', () => {
  const mel = whisperMel(1600, 40, 16, 8);
  const graph = attachFrontend(through(['batch', 8, 'frames']), { kind: 'whisper', mel });
  const sound = t('float32', [1, 160]).tensor;
  const { output } = evaluate(specialise(graph, { batch: 1, samples: 160 }), { waveform: sound });
  expect(output?.shape).toEqual([1, 8, 10]);
  const plain = logMelReference(sound, mel);
  const loudest = Math.max(
    ...plain
      .toNumbers()
      .filter((_, index) => index % 11 < 10)
      .map(Number),
  );
  for (let band = 0; band < 8; band++) {
    for (let frame = 0; frame < 10; frame++) {
      expect(output?.at(band * 10 + frame)).toBeCloseTo((Math.max(plain.at(band * 11 + frame), loudest - 8) + 4) / 4, 4);
    }
  }
});

test('a front end of another shape is refused', () => {
  expect(() => attachFrontend(through(['batch', 3, 32, 32]), { kind: 'waveform', normalise: false })).toThrow(
    "value 'input': the front end does not fit the model, expected float32[batch, 3, 32, 32], got float32[batch, samples]",
  );
});

test('Whisper of short clips takes the first positions', () => {
  const g = newBuilder({ fold: false });
  const input = g.input('input', 'float32', ['batch', 8, 'frames']);
  const positions = g.constant(t('float32', [50, 8]).tensor, 'positions');
  const [output = ''] = g.addAll('Add', [g.add('Transpose', [input], { perm: [0, 2, 1] }), positions], {}, { outputs: ['output'] });
  const frontend = { kind: 'whisper', mel: whisperMel(1600, 40, 32, 8), positions: 'positions' } as const;
  // 0.2 s at 1600 Hz: 10 frames, 20 ms each.
  const graph = specialise(attachFrontend(g.build([output]), frontend, { seconds: 0.2 }), { batch: 1, samples: 320 });
  expect(graph.types.get('output')?.shape).toEqual([1, 10, 8]);
  expect(graph.constants.get('positions')?.toNumbers()).toEqual(t('float32', [50, 8]).tensor.toNumbers().slice(0, 80));
});
