import { decodeClip, decodePicture, loadBackbone, openEngine, readModel, Tensor, trainHead } from '@headstart/core';
import type { DecodedPicture, ExtractJob, ExtractResult, PlainTensor, RunJob, RunResult, TrainJob, TrainResult } from './protocol.ts';

/*
 * What the tests have computed. The same functions run in a worker of the browser and in Node; only plain data goes in and out.
 */

/** Runs a model once. */
export async function run({ backend, model, feeds }: RunJob): Promise<RunResult> {
  using engine = await openEngine({ backend });
  using session = await engine.load(await readModel(model));
  const outputs = await session.run(Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, fromPlain(feed)])));
  return {
    backend: engine.backend,
    adapter: engine.adapter?.architecture,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, toPlain(tensor)])),
  };
}

/** Trains a logistic head and scores it on samples it has not seen. */
export async function train({ backend, train, test, l2, seed }: TrainJob): Promise<TrainResult> {
  using engine = await openEngine({ backend });
  const result = await trainHead({ ...train, values: fromPlain(train.values) }, { head: 'logistic', engine, l2, seed });
  const { accuracy } = result.evaluate({ ...test, values: fromPlain(test.values) });
  const { head, training } = result;
  return { engine: training.engine, l2: training.l2, weights: toPlain(head.weights), bias: toPlain(head.bias), accuracy };
}

/** Decodes a picture to RGB rows. */
export function decode(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedPicture> {
  return decodePicture(bytes);
}

/** Decodes a recording to mono. */
export async function hear(bytes: Uint8Array<ArrayBuffer>): Promise<{ readonly rate: number; readonly samples: Float32Array }> {
  return decodeClip(bytes);
}

/** Features of encoded pictures by a backbone that lies on a server, through the feature store. */
export async function extract({ backend, source, model, cut, image, pictures }: ExtractJob): Promise<ExtractResult> {
  using engine = await openEngine({ backend });
  const card = { name: model, title: model, modality: 'image', source, model, files: [], cut, pooling: 'none', image } as const;
  using backbone = await loadBackbone({ ...card, licence: 'MIT', homepage: source }, { engine });
  const samples = pictures.map(({ id, bytes }) => ({ id, read: async () => bytes }));
  const { ids, values, reused, skipped } = await backbone.extract(samples);
  return { ids, values: toPlain(values), reused, skipped };
}

function toPlain({ data, shape, dtype }: Tensor): PlainTensor {
  return { data, shape, dtype };
}

function fromPlain({ data, shape, dtype }: PlainTensor): Tensor {
  return Tensor.from(data, shape, dtype);
}
