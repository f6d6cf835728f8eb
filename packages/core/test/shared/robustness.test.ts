import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import { decodeModel } from '../../src/onnx/decode.ts';
import { encodeModel } from '../../src/onnx/encode.ts';
import { exportGraph } from '../../src/onnx/export.ts';
import { importModel } from '../../src/onnx/import.ts';
import { suggestCuts } from '../../src/session/cuts.ts';
import { sharedBytes } from './models.ts';

/** What happens to a file from its bytes to the wasm engine: true when it went through, false on an EngineError. */
function survives(bytes: Uint8Array): boolean {
  try {
    const graph = importModel(decodeModel(bytes));
    suggestCuts(graph);
    encodeModel(exportGraph(graph));
    return true;
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}

describe.each([
  ['onnx-light/light_squeezenet.onnx', 700],
  ['onnx-light/light_shufflenet.onnx', 400],
  ['models/text/tiny-llama-260k.onnx', 300],
  ['models/image/resnet20-cifar10.onnx', 300],
  ['models/audio/silero-vad-v5.onnx', 150],
  ['models/image/mobilenetv2-int8-imagenet.onnx', 150],
] as const)('%s, damaged %i times', (path, count) => {
  it('is an EngineError or a model each time', () => {
    const original = sharedBytes(path);
    let state = 7;
    const next = (limit: number) => {
      state = (state * 48271) % 2147483647;
      return state % limit;
    };
    let survived = 0;
    for (let round = 0; round < count; round++) {
      const kind = next(4);
      const bytes = original.slice(0, kind === 0 ? next(original.length) : original.length);
      for (let change = kind === 0 ? 0 : 1 + next(6); change > 0; change--) {
        const at = next(bytes.length);
        if (kind === 1) bytes[at] = next(256);
        else if (kind === 2) bytes[at] = (bytes[at] as number) ^ (1 << next(8));
        else {
          const from = next(bytes.length);
          bytes.copyWithin(at, from, from + next(40));
        }
      }
      if (survives(bytes)) survived++;
    }
    expect(survived).toBeLessThan(count);
  });
});
