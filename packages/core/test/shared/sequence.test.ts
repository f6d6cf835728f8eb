import { readFileSync } from 'node:fs';
import { cosine, runOracle } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/session/engine.ts';
import { Decoder } from '../../src/session/generate.ts';
import { readModel } from '../../src/session/model.ts';
import { openEngine } from '../../src/session/open-engine.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { feedsFor, hostSteps, hostStepsOf, otherModels, sharedPath } from './models.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ backend: 'webgpu' });
});
afterAll(() => engine.dispose());

describe.each(otherModels)('%s', (path) => {
  it('agrees with onnxruntime, with the host steps listed', async () => {
    const { graph } = await readModel(sharedPath(path));
    const feeds = feedsFor(graph);
    const expected = await runOracle(sharedPath(path), feeds);
    using session = await engine.load(graph);
    const actual = await session.run(feeds);
    for (const [name, theirs] of Object.entries(expected)) {
      expect(actual[name]?.shape, name).toEqual(theirs.shape);
      expect(cosine(actual[name] as Tensor, theirs), name).toBeGreaterThanOrEqual(0.9999);
    }
    expect(hostStepsOf(session)).toEqual(hostSteps[path] ?? []);
  });
});

describe('silero-vad-v5', () => {
  it('keeps its state on the device from window to window', async () => {
    const path = sharedPath('models/audio/silero-vad-v5.onnx');
    const { graph } = await readModel(path);
    using session = await engine.load(graph, { states: 'auto' });
    expect(session.states).toEqual(['state']);
    const sr = Tensor.scalar(16000n, 'int64');
    let state = Tensor.zeros([2, 1, 128]);
    for (let window = 0; window < 3; window++) {
      const input = Tensor.from(
        Float32Array.from({ length: 576 }, (_, index) => 0.5 * Math.sin((index + 576 * window) * 0.05)),
        [1, 576],
      );
      const expected = await runOracle(path, { input, state, sr });
      const outputs = await session.run(window === 0 ? { input, sr, state } : { input, sr });
      expect(Object.keys(outputs)).toEqual(['output']);
      expect(Math.abs((outputs.output as Tensor).at(0) - (expected.output as Tensor).at(0))).toBeLessThan(1e-4);
      state = expected.stateN as Tensor;
    }
  });
});

describe('tiny-llama-260k', () => {
  const file = 'models/text/tiny-llama-260k.onnx';
  const contextLength = 128;

  it('writes what onnxruntime would, with keys and values on the device', async () => {
    using decoder = await Decoder.open(engine, await readModel(sharedPath(file)), { contextLength });
    expect(decoder.cached).toBe(true);
    const tokens = [1];
    for await (const token of decoder.generate(tokens, { maxTokens: 24 })) {
      const ids = Tensor.from(BigInt64Array.from(tokens, BigInt), [1, tokens.length]);
      const { logits } = (await runOracle(sharedPath(file), { input_ids: ids })) as { logits: Tensor };
      const scores = logits.toNumbers().slice(-512);
      expect(scores[token] as number).toBeGreaterThan(Math.max(...scores) - 1e-3);
      tokens.push(token);
    }
    expect(tokens).toHaveLength(25);
    const kept = await decoder.session.explain();
    expect(kept.hostSteps).toBe(0);
  });

  it('draws words', async () => {
    const vocabulary = JSON.parse(readFileSync(sharedPath('models/text/tiny-llama-260k.vocab.json'), 'utf8')) as { piece: string }[];
    using decoder = await Decoder.open(engine, await readModel(sharedPath(file)), { contextLength });
    let text = '';
    const options = { maxTokens: 60, temperature: 0.7, topK: 40, topP: 0.95, repetitionPenalty: 1.1, seed: 4, stopTokens: [1, 2] };
    for await (const token of decoder.generate([1], options)) text += vocabulary[token]?.piece ?? '';
    expect(text.match(/[a-z]{3,}/gi)?.length).toBeGreaterThan(5);
  });
});
