// Predictions of many clients at once, batched and not, on the same engine:
//   node --conditions=source packages/server/bench/predict.ts [--seconds 30] [--predictors 32] [--engine auto] [--backbone minilm-l6|tiny-text]
// Answers are checked against each other before anything is timed.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installSoftwareAdapter, writeTinyProject } from '@headstart/testkit';
import { createClient } from '../src/client.ts';
import { type Config, defaultLimits, defaultServing, type ServingOptions } from '../src/config.ts';
import { serve } from '../src/server.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    predictors: { type: 'string', default: '32' },
    engine: { type: 'string', default: 'auto' },
    backbone: { type: 'string', default: 'minilm-l6' },
    adapter: { type: 'string' },
  },
});
const [seconds, predictors] = [Number(values.seconds), Number(values.predictors)];
if (values.engine === 'webgpu') await installSoftwareAdapter(values.adapter ?? process.env.HEADSTART_ADAPTER);

const folder = await mkdtemp(join(tmpdir(), 'headstart-bench-'));
const config: Partial<Config> = {
  data: join(folder, 'data'),
  engine: values.engine as Config['engine'],
  limits: { ...defaultLimits, rate: 1e6, burst: 1e6 },
};
const subjects = ['film', 'day', 'food', 'service', 'room', 'book', 'price', 'view'];
const words = { good: ['good', 'wonderful', 'excellent', 'fine'], bad: ['bad', 'awful', 'terrible', 'poor'] };
const texts = Object.entries(words).flatMap(([label, adjectives]) =>
  subjects.flatMap((subject) => adjectives.map((adjective) => ({ label, text: `the ${subject} was ${adjective}` }))),
);

interface Answer {
  readonly label: string;
  readonly confidence: number;
}

/** Starts a server on the same data, has `work` ask it, and stops it. */
async function withServer<T>(
  serving: ServingOptions,
  key: string | undefined,
  work: (client: ReturnType<typeof createClient>, key: string) => Promise<T>,
): Promise<T> {
  const server = await serve({ ...config, serving }, { port: 0, log: () => undefined });
  const used = key ?? (server.firstKey as string);
  try {
    return await work(createClient(server.url, { key: used }), used);
  } finally {
    await server.close();
  }
}

async function ask(client: ReturnType<typeof createClient>, input: string): Promise<Answer> {
  const response = await client.api.v1.models[':model'].predict.$post({ param: { model: 'bench' }, json: { input, topK: 1 } });
  return (await response.json()).predictions[0] as Answer;
}

/** Requests answered a second, and the answers that were not those expected. */
async function measure(client: ReturnType<typeof createClient>, expected: readonly Answer[]) {
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  let wrong = 0;
  await Promise.all(
    Array.from({ length: predictors }, async (_, predictor) => {
      for (let index = predictor; performance.now() < end; index++) {
        const row = index % texts.length;
        const started = performance.now();
        const answer = await ask(client, (texts[row] as { text: string }).text);
        times.push(performance.now() - started);
        if (!same(answer, expected[row] as Answer)) wrong++;
      }
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(0);
  return { perSecond: times.length / seconds, requests: times.length, wrong, latency: `${at(0.5)} ms, 99 %: ${at(0.99)} ms` };
}

function same(a: Answer, b: Answer): boolean {
  return a.label === b.label && Math.abs(a.confidence - b.confidence) < 1e-3;
}

const single = { ...defaultServing, latencyMs: 0, maxBatch: 1 };
try {
  const { key, alone } = await withServer(single, undefined, async (client, made) => {
    if (values.backbone === 'tiny-text') {
      await writeTinyProject(folder);
      const file = async (name: string) => ({ name, content: new Uint8Array(await readFile(join(folder, 'text', name))) });
      await client.uploadBackbone('tiny-text', await Promise.all(['model.onnx', 'tokenizer.json', 'tokenizer_config.json'].map(file)));
    }
    const { id } = await (await client.api.v1.datasets.$post({ json: { name: 'Bench' } })).json();
    await client.api.v1.datasets[':id'].samples.$post({ param: { id }, json: { samples: texts } });
    const job = await (
      await client.api.v1.jobs.$post({ json: { kind: 'train', dataset: id, backbone: values.backbone, alias: 'bench', exportOnnx: false } })
    ).json();
    const { engine } = await client.finished(job.id);
    console.log(`${values.backbone} on ${engine}, ${predictors} predictors, ${seconds} s each way`);
    const answers: Answer[] = [];
    for (const { text } of texts) answers.push(await ask(client, text));
    return { key: made, alone: { answers, ...(await measure(client, answers)) } };
  });
  const batched = await withServer(defaultServing, key, async (client) => {
    const answers = await Promise.all(texts.map(({ text }) => ask(client, text)));
    const differing = answers.filter((answer, row) => !same(answer, alone.answers[row] as Answer)).length;
    if (differing > 0) throw new Error(`${differing} of ${texts.length} answers differ between batched and unbatched: nothing is timed`);
    // One more round: plans of other batch sizes are made when they are first met.
    await Promise.all(
      Array.from({ length: 4 * predictors }, (_, index) => ask(client, (texts[index % texts.length] as { text: string }).text)),
    );
    return measure(client, alone.answers);
  });
  for (const [name, { perSecond, requests, wrong, latency }] of Object.entries({ unbatched: alone, batched })) {
    console.log(
      `${name.padEnd(10)} ${perSecond.toFixed(1).padStart(7)} a second   ${requests} requests, ${wrong} wrong, half within ${latency}`,
    );
  }
  console.log(`ratio      ${(batched.perSecond / alone.perSecond).toFixed(2).padStart(7)}`);
  process.exitCode = alone.wrong + batched.wrong > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit();
