// Predictions of many clients at once, batched and not, on the same engine:
//   node --conditions=source packages/server/bench/predict.ts [--seconds 30] [--predictors 32] [--engine auto] [--backbone minilm-l6|densenet121|tiny-text]
// Answers are checked against each other before anything is timed. Both servers run at once and are asked in turns of a few seconds, so
// that whatever else the machine does meets both alike.
import { type ChildProcess, fork } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodePng, installSoftwareAdapter, writeTinyProject } from '@headstart/testkit';
import { createClient } from '../src/client.ts';
import { type Config, defaultLimits, defaultServing, type ServingOptions } from '../src/config.ts';
import { type Listening, serve } from '../src/server.ts';
import type { Load, Loaded } from './load.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    turn: { type: 'string', default: '5' },
    predictors: { type: 'string', default: '32' },
    engine: { type: 'string', default: 'auto' },
    backbone: { type: 'string', default: 'minilm-l6' },
    size: { type: 'string', default: '224' },
    adapter: { type: 'string' },
  },
});
const [seconds, turn, predictors] = [Number(values.seconds), Number(values.turn), Number(values.predictors)];
if (values.engine === 'webgpu') await installSoftwareAdapter(values.adapter ?? process.env.HEADSTART_ADAPTER);

const folder = await mkdtemp(join(tmpdir(), 'headstart-bench-'));
type Input = { readonly text: string } | { readonly image: string };
interface Sample {
  readonly label: string;
  readonly input: Input;
}

/** Sentences of six tokens, the tokens around them included. */
function texts(): Sample[] {
  const subjects = ['film', 'day', 'food', 'service', 'room', 'book', 'price', 'view'];
  const words = { good: ['good', 'wonderful', 'excellent', 'fine'], bad: ['bad', 'awful', 'terrible', 'poor'] };
  return Object.entries(words).flatMap(([label, adjectives]) =>
    subjects.flatMap((subject) => adjectives.map((adjective) => ({ label, input: { text: `the ${subject} was ${adjective}` } }))),
  );
}

/** Pictures of 256 × 256 pixels, stripes one way and the other. */
async function pictures(): Promise<Sample[]> {
  const edge = 256;
  const all: Sample[] = [];
  for (let index = 0; index < 32; index++) {
    const label = index % 2 ? 'rows' : 'columns';
    const width = 8 + index;
    const data = Uint8Array.from({ length: edge * edge * 3 }, (_, at) => {
      const [x, y] = [Math.floor(at / 3) % edge, Math.floor(at / 3 / edge)];
      return ((Math.floor((index % 2 ? y : x) / width) % 2) * 150 + 40 + ((at * 7 + index) % 31)) & 255;
    });
    all.push({ label, input: { image: Buffer.from(await encodePng({ width: edge, height: edge, data })).toString('base64') } });
  }
  return all;
}

interface Answer {
  readonly label: string;
  readonly confidence: number;
}

function same(a: Answer, b: Answer): boolean {
  return a.label === b.label && Math.abs(a.confidence - b.confidence) < 1e-3;
}

const single = { ...defaultServing, latencyMs: 0, maxBatch: 1 };
const start = (name: string, serving: ServingOptions): Promise<Listening> =>
  serve(
    { data: join(folder, name), engine: values.engine as Config['engine'], limits: { ...defaultLimits, rate: 1e6, burst: 1e6 }, serving },
    { port: 0, log: () => undefined },
  );

/** Trains the model that both servers have. @returns the key and the engine */
async function prepare(samples: readonly Sample[]): Promise<{ key: string; engine: string }> {
  const server = await start('single', single);
  const key = server.firstKey as string;
  const client = createClient(server.url, { key });
  if (values.backbone === 'tiny-text') {
    await writeTinyProject(folder);
    const file = async (name: string) => ({ name, content: new Uint8Array(await readFile(join(folder, 'text', name))) });
    await client.uploadBackbone('tiny-text', await Promise.all(['model.onnx', 'tokenizer.json', 'tokenizer_config.json'].map(file)));
  }
  const { id } = await (await client.api.v1.datasets.$post({ json: { name: 'Bench' } })).json();
  const textSamples = samples.flatMap(({ label, input }) => ('text' in input ? [{ label, text: input.text }] : []));
  if (textSamples.length > 0) await client.api.v1.datasets[':id'].samples.$post({ param: { id }, json: { samples: textSamples } });
  else {
    const files = samples.map(({ label, input }, index) => ({
      name: `${label}/${index}.png`,
      content: new Uint8Array(Buffer.from('image' in input ? input.image : '', 'base64')),
    }));
    await client.upload(id, files);
  }
  const size = textSamples.length > 0 ? {} : { size: Number(values.size) };
  const json = { kind: 'train', dataset: id, backbone: values.backbone, alias: 'bench', exportOnnx: false, ...size } as const;
  const { engine } = await client.finished((await (await client.api.v1.jobs.$post({ json })).json()).id);
  await server.close();
  await cp(join(folder, 'single'), join(folder, 'batched'), { recursive: true });
  return { key, engine: String(engine) };
}

async function ask({ url }: Listening, key: string, { input }: Sample): Promise<Answer> {
  const client = createClient(url, { key });
  const response = await client.api.v1.models[':model'].predict.$post({ param: { model: 'bench' }, json: { input, topK: 1 } });
  return (await response.json()).predictions[0] as Answer;
}

function measure(clients: ChildProcess, load: Load): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the clients ended'));
    clients.once('exit', ended);
    clients.once('message', (result: Loaded) => {
      clients.off('exit', ended);
      resolve(result);
    });
    clients.send(load);
  });
}

const clients = fork(new URL('./load.ts', import.meta.url), { execArgv: ['--no-warnings'] });
try {
  const samples = values.backbone.startsWith('densenet') ? await pictures() : texts();
  const { key, engine } = await prepare(samples);
  const servers = { single: await start('single', single), batched: await start('batched', defaultServing) };
  console.log(`${values.backbone} on ${engine}, ${predictors} predictors, ${seconds} s each way in turns of ${turn} s`);
  const expected: Answer[] = [];
  for (const each of samples) expected.push(await ask(servers.single, key, each));
  const together = await Promise.all(samples.map((each) => ask(servers.batched, key, each)));
  const differing = together.filter((answer, row) => !same(answer, expected[row] as Answer)).length;
  if (differing > 0) throw new Error(`${differing} of ${samples.length} answers differ between batched and unbatched: nothing is timed`);

  const load = ({ url }: Listening, forSeconds: number): Load => ({
    port: Number(new URL(url).port),
    requests: samples.map(({ input }) => {
      const body = JSON.stringify({ input, topK: 1 });
      const head = [`Host: 127.0.0.1`, `Authorization: Bearer ${key}`, 'Content-Type: application/json', `Content-Length: ${body.length}`];
      return `POST /v1/models/bench/predict HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`;
    }),
    expected,
    predictors,
    seconds: forSeconds,
  });
  // Plans of other batch sizes are made when they are first met.
  for (const each of Object.values(servers)) await measure(clients, load(each, Math.min(3, turn)));
  const results = { single: [] as (Loaded & { main: number; all: number })[], batched: [] as (Loaded & { main: number; all: number })[] };
  for (let done = 0; done < seconds; done += turn) {
    for (const name of ['single', 'batched'] as const) {
      const [main, all] = [process.threadCpuUsage(), process.cpuUsage()];
      const loaded = await measure(clients, load(servers[name], Math.min(turn, seconds - done)));
      const sum = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000 / loaded.requests;
      results[name].push({ ...loaded, main: sum(process.threadCpuUsage(main)), all: sum(process.cpuUsage(all)) });
    }
  }
  const rates: Record<string, number> = {};
  for (const [name, turns] of Object.entries(results)) {
    const total = (of: (each: (typeof turns)[number]) => number) => turns.reduce((sum, each) => sum + of(each), 0);
    const requests = total((each) => each.requests);
    const times = turns.flatMap((each) => each.times).sort((a, b) => a - b);
    const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(0);
    const mean = (of: (each: (typeof turns)[number]) => number) => (total((each) => of(each) * each.requests) / requests).toFixed(2);
    rates[name] = requests / total((each) => each.seconds);
    console.log(
      `${name.padEnd(8)} ${rates[name].toFixed(1).padStart(7)} a second   ${requests} requests, ${total((each) => each.wrong)} wrong, half within ${at(0.5)} ms, 99 % within ${at(0.99)} ms; processor time of one: ${mean((each) => each.all)} ms, ${mean((each) => each.main)} ms of it outside the engine`,
    );
    if (total((each) => each.wrong) > 0) process.exitCode = 1;
  }
  const ratios = results.batched.map((each, index) => {
    const other = results.single[index] as Loaded;
    return each.requests / each.seconds / (other.requests / other.seconds);
  });
  console.log(
    `ratio    ${((rates.batched ?? 0) / (rates.single ?? 1)).toFixed(2).padStart(7)}   by turn: ${ratios.map((each) => each.toFixed(2)).join(', ')}`,
  );
  for (const each of Object.values(servers)) await each.close();
} finally {
  clients.kill();
  await rm(folder, { recursive: true, force: true });
}
process.exit();
