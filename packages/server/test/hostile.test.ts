import { readFile } from 'node:fs/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import { tinyClip, tinyImageModel } from '@headstart/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Harness, uploadTinyBackbones } from './support/harness.ts';
import { flacBomb, mp3Bomb, oggPages, opusHead, vorbisHead, wav } from './support/sounds.ts';
import { zip } from './support/zip.ts';

let harness: Harness;
let server: Awaited<ReturnType<Harness['port']>>;
let dataset = '';
let texts = '';
let tones = '';
beforeAll(async () => {
  harness = await Harness.open();
  const { limits } = harness.config;
  server = await harness.port({
    limits: {
      ...limits,
      bodyBytes: 200_000,
      uploadBytes: 4_000_000,
      pictureBytes: 500_000,
      clipBytes: 1_500_000,
      clipSeconds: 60,
      tableBytes: 500_000,
      backboneBytes: 3_000_000,
      pixels: 1_000_000,
      samples: 2000,
      batch: 16,
      textLength: 5000,
    } as never,
  });
  await uploadTinyBackbones(server.client, harness);
  const audio = new Uint8Array(await readFile(harness.project('audio.onnx')));
  await server.client.uploadBackbone('tiny-audio', [{ name: 'audio.onnx', content: audio }], { audio: { seconds: 0.5 } });
  const make = async (name: string) => (await (await server.post('/v1/datasets', { name })).json()).id;
  [dataset, texts, tones] = [await make('Pictures'), await make('Texts'), await make('Tones')];
  const [first] = await harness.photos();
  await server.client.upload(dataset, await harness.photos());
  await server.client.upload(texts, [
    { name: 'reviews.csv', content: 'text,label\na good film,good\na bad day,bad\na fine film,good\nan awful day,bad\n' },
  ]);
  const train = async (id: string, backbone: string, alias: string) => {
    const job = await (await server.post('/v1/jobs', { kind: 'train', dataset: id, backbone, alias, exportOnnx: false })).json();
    await server.client.finished(job.id);
  };
  await train(dataset, 'tiny-image', 'pictures');
  await train(texts, 'tiny-text', 'texts');
  const clips = [300, 320, 340, 1500, 1600, 1700].map((hertz) => ({
    name: `${hertz < 1000 ? 'low' : 'high'}_${hertz}.wav`,
    content: tinyClip(hertz),
  }));
  await server.client.upload(tones, clips);
  await train(tones, 'tiny-audio', 'tones');
  expect(first).toBeDefined();
});
afterAll(() => harness[Symbol.asyncDispose]());

type Attempt = readonly [name: string, expected: readonly number[], send: () => Promise<Response>];

/** PNG chunks: enough to claim a size and to unpack to another one. */
function png(width: number, height: number, data: Uint8Array): Buffer {
  const crcTable = Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    return crc >>> 0;
  });
  const chunk = (type: string, content: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), content]);
    let crc = 0xffffffff;
    for (const byte of body) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 255] as number);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', new Uint8Array()),
  ]);
}

const bytesOf = (content: string | Uint8Array) => new Uint8Array(Buffer.from(content));

function uploads(): Attempt[] {
  const send =
    (name: string, content: string | Uint8Array, to = () => dataset) =>
    () => {
      const form = new FormData();
      form.append('files', new Blob([bytesOf(content)]), name);
      return server.ask(`/v1/datasets/${to()}/upload`, { method: 'POST', body: form });
    };
  const raw =
    (body: string, type = 'multipart/form-data; boundary=b') =>
    () =>
      server.ask(`/v1/datasets/${dataset}/upload`, { method: 'POST', body, headers: { 'Content-Type': type } });
  const part = (name: string, content: string) =>
    `--b\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n${content}\r\n--b--\r\n`;
  const bad = [422, 413] as const;
  const names = [
    '../up.png',
    '/etc/passwd',
    'C:\\windows\\x.png',
    'a/../../b.png',
    '..\\..\\b.png',
    `${'n'.repeat(5000)}.png`,
    'nul\\..\\..\\x',
  ];
  const table = (content: string | Uint8Array, name = 'x.csv') => send(name, content, () => texts);
  return [
    ...names.map((name): Attempt => [`file name ${name.slice(0, 20)}`, bad, raw(part(name, 'x'))]),
    [
      'file name with a line break',
      [422, 400],
      raw('--b\r\nContent-Disposition: form-data; name="files"; filename="a\u0001b.png"\r\n\r\nx\r\n--b--\r\n'),
    ],
    ['an empty file', bad, send('empty.png', '')],
    ['text that is named a picture', bad, send('x.jpg', 'no picture')],
    ['a page that is named a picture', bad, send('x.png', '<html><script>alert(1)</script></html>')],
    ['SVG', bad, send('x.png', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image href="file:///etc/passwd"/></svg>')],
    ['SVG of 10⁹ pixels', bad, send('x.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="99999" height="99999"/>')],
    ['a PNG that claims 50000 × 50000', bad, send('bomb.png', png(50_000, 50_000, new Uint8Array(1000)))],
    ['a PNG that claims 2³¹ − 1 squared', bad, send('bomb.png', png(2 ** 31 - 1, 2 ** 31 - 1, new Uint8Array(10)))],
    ['a PNG without width', bad, send('zero.png', png(0, 10, new Uint8Array(10)))],
    ['a PNG cut short after its header', [201, ...bad], send('cut.png', png(10, 10, new Uint8Array(310)).subarray(0, 40))],
    [
      'a BMP that claims 60000 × 60000',
      bad,
      send(
        'bomb.bmp',
        (() => {
          const head = Buffer.alloc(60);
          head.write('BM');
          head.writeInt32LE(60_000, 18);
          head.writeInt32LE(60_000, 22);
          return head;
        })(),
      ),
    ],
    ['a GIF of garbage', bad, send('x.gif', `GIF89a${'\xff'.repeat(100)}`)],
    ['a JPEG of one marker', bad, send('x.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xd9]))],
    ['a picture larger than the limit', bad, send('x.png', new Uint8Array(600_000))],
    ['an upload larger than the limit', [413], send('x.zip', new Uint8Array(4_500_000))],
    ['a zip of nothing', bad, send('x.zip', zip([]))],
    ['a zip that is none', bad, send('x.zip', 'PK\x03\x04 and then nothing')],
    ['a zip cut short', bad, send('x.zip', zip([{ name: 'a/b.png', content: 'x'.repeat(1000) }]).subarray(0, 60))],
    ['a zip that leads out', bad, send('x.zip', zip([{ name: '../../x.png', content: 'x' }]))],
    ['a zip with an absolute path', bad, send('x.zip', zip([{ name: '/etc/cron.d/x.png', content: 'x' }]))],
    [
      'a zip bomb: 2 GB of zeros',
      bad,
      send('x.zip', zip([{ name: 'a/zeros.png', content: new Uint8Array(3_000_000), claims: 2_000_000_000 }])),
    ],
    ['a zip bomb that hides its size', bad, send('x.zip', zip([{ name: 'a/zeros.png', content: new Uint8Array(3_000_000), claims: 10 }]))],
    [
      'a zip bomb of many entries',
      bad,
      send('x.zip', zip(Array.from({ length: 2500 }, (_, index) => ({ name: `a/${index}.png`, content: '' })))),
    ],
    ['a zip in a zip', bad, send('x.zip', zip([{ name: 'inner.zip', content: zip([{ name: 'a.png', content: 'x' }]) }]))],
    ['an encrypted zip', bad, send('x.zip', zip([{ name: 'a/x.png', content: 'x', encrypted: true }]))],
    ['a gzip that is named a zip', bad, send('x.zip', gzipSync(new Uint8Array(100_000)))],
    [
      'a zip bomb of a table',
      bad,
      send('x.zip', zip([{ name: 'big.csv', content: `text,label\n${'a,b\n'.repeat(300_000)}` }]), () => texts),
    ],
    ['a table larger than the limit', bad, table(`text,label\n${'x'.repeat(600_000)}`)],
    ['a table without rows', bad, table('text,label\n')],
    ['an empty table', bad, table('')],
    ['a table without a text column', bad, table('a,b\n1,2\n')],
    ['a table of NULs', bad, table(new Uint8Array(1000))],
    ['a text with NUL', bad, table('text,label\n"a\u0000b",x\n')],
    ['a table of quotes', bad, table(`text,label\n${'"'.repeat(10_001)}`)],
    ['JSONL of deep nesting', bad, table('['.repeat(100_000), 'x.jsonl')],
    ['JSONL of numbers', bad, table('1\n2\n3\n', 'x.jsonl')],
    ['JSONL with __proto__', bad, table('{"__proto__":{"text":"x"}}\n', 'x.jsonl')],
    ['a label of 10000 characters', bad, table(`text,label\nfine,${'l'.repeat(10_000)}\n`)],
    ['texts for a dataset of pictures', bad, send('x.csv', 'text,label\na,b\n')],
    ['pictures for a dataset of texts', bad, send('x.png', Buffer.from(png(1, 1, new Uint8Array(4))), () => texts)],
    ['no boundary', [400], raw('x', 'multipart/form-data')],
    ['no multipart', [415], raw('{}', 'application/json')],
    ['a body that ends early', [400], raw('--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\nabc')],
    ['a body of garbage', [400, 422], raw('\x00\xff'.repeat(1000))],
    ['no file at all', bad, raw('--b--\r\n')],
    [
      'a thousand fields',
      [400, 422],
      raw(
        `${Array.from({ length: 1000 }, (_, index) => `--b\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\nx\r\n`).join('')}--b--\r\n`,
      ),
    ],
    ['a label with control characters', [422], raw('--b\r\nContent-Disposition: form-data; name="label"\r\n\r\na\u0007b\r\n--b--\r\n')],
  ];
}

function sounds(): Attempt[] {
  const bad = [422, 413] as const;
  const send = (name: string, content: Uint8Array) => () => {
    const form = new FormData();
    form.append('files', new Blob([bytesOf(content)]), name);
    return server.ask(`/v1/datasets/${tones}/upload`, { method: 'POST', body: form });
  };
  const predict = (content: Uint8Array | string) => () =>
    server.post('/v1/models/tones/predict', {
      input: { audio: typeof content === 'string' ? content : Buffer.from(content).toString('base64') },
    });
  const some = new Uint8Array(1000);
  const noise = (length: number) => Uint8Array.from({ length }, (_, at) => (Math.imul(at + 1, 2_654_435_761) >>> 13) & 255);
  const whole = tinyClip(300);
  return [
    ['a WAV that claims 4 GB', bad, send('a_x.wav', wav(some, { size: 0xffff_fff0 }))],
    ['a WAV of 65535 channels', bad, send('a_x.wav', wav(some, { channels: 65_535, block: 1 }))],
    ['a WAV of no channel', bad, send('a_x.wav', wav(some, { channels: 0 }))],
    ['a WAV of blocks of nothing', bad, send('a_x.wav', wav(some, { block: 0 }))],
    ['a WAV of no rate', bad, send('a_x.wav', wav(some, { rate: 0 }))],
    ['a WAV of 4 GHz', bad, send('a_x.wav', wav(some, { rate: 0xffff_ffff }))],
    ['a WAV of days at 100 Hz', bad, send('a_x.wav', wav(new Uint8Array(1_400_000), { rate: 100, block: 1, bits: 8 }))],
    ['a WAV of 7 bits', bad, send('a_x.wav', wav(some, { bits: 7 }))],
    ['a WAV of an unknown codec', bad, send('a_x.wav', wav(some, { codec: 0x1234 }))],
    [
      'ADPCM that makes 65535 samples of a byte',
      bad,
      send('a_x.wav', wav(new Uint8Array(1_000_000), { codec: 0x11, block: 1, bits: 4, perBlock: 65_535 })),
    ],
    ['a WAV of data before format', bad, send('a_x.wav', Buffer.concat([Buffer.from('RIFF\xff\0\0\0WAVEdata\x10\0\0\0', 'latin1'), some]))],
    ['a WAV that is its header', bad, send('a_x.wav', whole.subarray(0, 44))],
    [
      'a WAV of NaN',
      bad,
      predict(wav(new Uint8Array(Float32Array.from({ length: 2000 }, () => Number.NaN).buffer), { codec: 3, block: 4, bits: 32 })),
    ],
    ['MP3 of garbage', bad, send('a_x.mp3', Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), noise(200_000)]))],
    ['MP3 of 0xff', bad, send('a_x.mp3', new Uint8Array(100_000).fill(255))],
    ['MP3 of 300000 empty frames', bad, send('a_x.mp3', mp3Bomb(300_000))],
    ['MP3 of an ID3 tag of 256 MB', bad, send('a_x.mp3', Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), some]))],
    ['a FLAC bomb: 6.5 GB of silence', bad, send('a_x.flac', flacBomb(100_000))],
    ['FLAC of garbage', bad, send('a_x.flac', Buffer.concat([flacBomb(0), noise(100_000)]))],
    ['FLAC cut short', bad, send('a_x.flac', flacBomb(0))],
    ['an Ogg bomb: empty packets', bad, send('a_x.ogg', oggPages(vorbisHead(), 2000))],
    ['Ogg of garbage', bad, send('a_x.ogg', oggPages(noise(100), 20))],
    ['Ogg Vorbis that ends after its first page', bad, send('a_x.ogg', oggPages(vorbisHead(), 0))],
    ['an Opus bomb: empty packets', bad, send('a_x.opus', oggPages(opusHead(), 2000))],
    ['Opus with half a header', bad, send('a_x.opus', oggPages(opusHead().subarray(0, 10), 1))],
    ['Opus whose check sums are wrong', bad, send('a_x.opus', oggPages(opusHead(), 1))],
    ['a clip larger than the limit', bad, send('a_x.wav', wav(new Uint8Array(1_600_000)))],
    ['a zip bomb of WAV', bad, send('x.zip', zip([{ name: 'a/x.wav', content: wav(new Uint8Array(3_000_000)) }]))],
    [
      'a list of files elsewhere',
      bad,
      send(
        'x.zip',
        zip([
          { name: 'list.csv', content: 'path,label\n/etc/passwd.wav,a\n../../x.wav,b\n' },
          { name: 'spare.wav', content: whole },
        ]),
      ),
    ],
    [
      'a list of parts that are no numbers',
      bad,
      send(
        'x.zip',
        zip([
          { name: 'list.csv', content: 'path,label,start,end\nx.wav,a,one,two\nx.wav,a,-5,-1\nx.wav,a,1e308,\n' },
          { name: 'x.wav', content: whole },
        ]),
      ),
    ],
    ['a list without its files', bad, send('list.csv', bytesOf('path,label\nx.wav,a\n'))],
    ['pictures for a dataset of clips', bad, send('a.png', png(1, 1, new Uint8Array(4)))],
    ['a clip in base64 that claims 4 GB', bad, predict(wav(some, { size: 0xffff_fff0 }))],
    ['a clip that is not base64', bad, predict('§§§')],
    ['a FLAC bomb to predict', bad, predict(flacBomb(10_000))],
    [
      'a picture for a model of clips',
      bad,
      () => server.post('/v1/models/tones/predict', { input: { image: png(1, 1, new Uint8Array(4)).toString('base64') } }),
    ],
    [
      'a clip for a model of pictures',
      bad,
      () => server.post('/v1/models/pictures/predict', { input: { audio: Buffer.from(whole).toString('base64') } }),
    ],
    [
      'a clip for a model of texts',
      bad,
      () => server.post('/v1/models/texts/predict', { input: { audio: Buffer.from(whole).toString('base64') } }),
    ],
    [
      'a group of a thousand characters',
      [422],
      () => server.post(`/v1/datasets/${tones}/samples`, { samples: ['x'], group: 'g'.repeat(1000) }, server.key, 'PATCH'),
    ],
  ];
}

function models(): Attempt[] {
  const send =
    (
      files: readonly (readonly [name: string, content: string | Uint8Array])[],
      fields: Readonly<Record<string, string>> = { name: 'evil' },
    ) =>
    () => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      for (const [name, content] of files) form.append('files', new Blob([bytesOf(content)]), name);
      return server.ask('/v1/backbones', { method: 'POST', body: form });
    };
  const good = tinyImageModel();
  const flipped = (at: number) => Uint8Array.from(good, (byte, index) => (index === at ? byte ^ 0xff : byte));
  const bad = [422] as const;
  return [
    ['a model of nothing', bad, send([['m.onnx', '']])],
    ['a model of zeros', bad, send([['m.onnx', new Uint8Array(1000)]])],
    ['a model of text', bad, send([['m.onnx', 'this is no model']])],
    ['a model of 0xff', bad, send([['m.onnx', new Uint8Array(1000).fill(255)]])],
    ['a model that claims a field of 2 GB', bad, send([['m.onnx', Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2, 3)]])],
    ['half a model', bad, send([['m.onnx', good.subarray(0, good.length / 2)]])],
    ['a model with its first byte flipped', bad, send([['m.onnx', flipped(0)]])],
    ['a model with a length flipped', bad, send([['m.onnx', flipped(1)]])],
    ['no model', bad, send([['readme.txt', 'x']])],
    [
      'two models',
      bad,
      send([
        ['a.onnx', good],
        ['b.onnx', good],
      ]),
    ],
    ['a file that leads out', bad, send([['../../m.onnx', good]])],
    ['a name that leads out', [400], send([['m.onnx', good]], { name: '../evil' })],
    ['a built-in name', [409], send([['m.onnx', good]], { name: 'minilm-l6' })],
    ['a name that is taken', [409], send([['m.onnx', good]], { name: 'tiny-image' })],
    ['a card that is no JSON', [400], send([['m.onnx', good]], { name: 'evil', card: '{' })],
    ['a card with a cut that is not there', bad, send([['m.onnx', good]], { name: 'evil', card: '{"cut":"nowhere"}' })],
    ['a model larger than the limit', [413], send([['m.onnx', new Uint8Array(3_500_000)]])],
  ];
}

function requests(): Attempt[] {
  const predict = (model: string, body: unknown) => () => server.post(`/v1/models/${model}/predict`, body);
  const raw =
    (path: string, body: string, type = 'application/json') =>
    () =>
      server.ask(path, { method: 'POST', body, headers: { 'Content-Type': type } });
  const form = (path: string, content: string | Uint8Array) => () => {
    const data = new FormData();
    data.append('files', new Blob([bytesOf(content)]), 'x.png');
    return server.ask(path, { method: 'POST', body: data });
  };
  const bomb = png(50_000, 50_000, new Uint8Array(100)).toString('base64');
  return [
    ['a picture in base64 that claims 50000 × 50000', [422], predict('pictures', { input: { image: bomb } })],
    ['a picture that is not base64', [422], predict('pictures', { input: '§§§' })],
    ['a text for pictures', [422], predict('pictures', { input: { text: 'x' } })],
    ['an image bomb as a file', [422], form('/v1/models/pictures/predict', png(50_000, 50_000, new Uint8Array(100)))],
    ['a file for texts', [422], form('/v1/models/texts/predict', 'x')],
    ['a text of 6000 characters', [422], predict('texts', { input: 'x'.repeat(6000) })],
    ['a text with NUL', [422], predict('texts', { input: 'a\u0000b' })],
    ['an empty text', [422], predict('texts', { input: '' })],
    ['17 inputs', [413], predict('texts', { input: Array(17).fill('x') })],
    ['no input', [400], predict('texts', {})],
    ['input of another kind', [400], predict('texts', { input: 42 })],
    ['topK of 0', [400], predict('texts', { input: 'x', topK: 0 })],
    ['a body larger than the limit', [413], predict('texts', { input: 'x'.repeat(300_000) })],
    ['JSON cut short', [400], raw('/v1/models/texts/predict', '{"input":')],
    ['JSON of deep nesting', [400], raw('/v1/models/texts/predict', '['.repeat(50_000))],
    ['JSON that is named XML', [415], raw('/v1/models/texts/predict', '<input/>', 'application/xml')],
    ['a model id of SQL', [404], predict(encodeURIComponent("' or 1=1 --"), { input: 'x' })],
    ['a model id of a path', [404], predict('..%2F..%2Fetc%2Fpasswd', { input: 'x' })],
    ['a model id of NUL', [422], predict('%00', { input: 'x' })],
    ['an id of 1000 characters', [400], predict('m'.repeat(1000), { input: 'x' })],
    ['an address that is no UTF-8', [404, 400], () => server.ask('/v1/models/%ff%fe')],
    ['embeddings of pictures', [422], raw('/v1/embeddings', '{"model":"tiny-image","input":"x"}')],
    ['embeddings of numbers', [400], raw('/v1/embeddings', '{"model":"tiny-text","input":[[1,2]]}')],
    ['embeddings of another length', [422], raw('/v1/embeddings', '{"model":"tiny-text","input":"x","dimensions":3}')],
    ['a dataset without a name', [400], raw('/v1/datasets', '{"name":" "}')],
    ['a name with NUL', [400], raw('/v1/datasets', '{"name":"a\\u0000b"}')],
    ['a job on nothing', [404], raw('/v1/jobs', '{"kind":"train","dataset":"ds_x"}')],
    ['a job of no kind', [400], raw('/v1/jobs', '{"kind":"rm"}')],
    ['a job with a seed of text', [400], raw('/v1/jobs', '{"kind":"train","dataset":"x","seed":"x"}')],
    ['an alias of a path', [400, 404], () => server.post('/v1/aliases/..%2Fx', { model: 'texts' }, server.key, 'PUT')],
    [
      'a label with NUL',
      [422],
      () => server.post(`/v1/datasets/${texts}/samples`, { samples: ['x'], label: 'a\u0000' }, server.key, 'PATCH'),
    ],
    ['a cursor of text', [400], () => server.ask(`/v1/datasets/${texts}/samples?after=x`)],
    ['a Last-Event-ID of text', [404], () => server.ask('/v1/jobs/job_x/events', { headers: { 'Last-Event-ID': 'x' } })],
    ['a backbone file that leads out', [404], () => server.ask('/v1/backbones/tiny-text/files/..%2f..%2f..%2fetc%2fpasswd')],
    ['a page that leads out', [404], () => server.ask('/..%2f..%2fpackage.json')],
    ['a key of garbage', [401], () => server.ask('/v1/datasets', {}, 'hs_x')],
  ];
}

test('hostile inputs by the hundred: each refused with one clear error, none a crash, and the server serves on', async () => {
  const attempts = [...uploads(), ...sounds(), ...models(), ...requests()];
  expect(attempts.length).toBeGreaterThanOrEqual(140);
  const wrong: string[] = [];
  for (const [name, expected, send] of attempts) {
    const response = await send().catch((error) => {
      throw new Error(`${name}: no answer, ${error.cause?.message}`, { cause: error });
    });
    const text = await response.text();
    const problem = JSON.parse(text || '{}') as { detail?: string; code?: string };
    const clear =
      response.status === 201 ||
      (response.headers.get('content-type') === 'application/problem+json' && (problem.detail?.length ?? 0) > 10);
    // No folder of this machine, and no file of our code, is anybody's business.
    const leaks = text.includes(harness.folder) || /\.ts:\d|node_modules/.test(text);
    if (!expected.includes(response.status) || !clear || leaks) wrong.push(`${name}: ${response.status} ${text.slice(0, 300)}`);
  }
  expect(wrong).toEqual([]);
  const { predictions } = await (
    await server.client.api.v1.models[':model'].predict.$post({ param: { model: 'texts' }, json: { input: 'a good film' } })
  ).json();
  expect(predictions[0]?.error).toBeUndefined();
  const ready = await server.ask('/v1/ready');
  expect(await ready.json()).toMatchObject({ ready: true });
  // Proxies keep a connection for a minute: theirs must be the first to close.
  expect(ready.headers.get('keep-alive')).toBe('timeout=75');
  expect(harness.lines.filter((line) => line.includes('"request.failed"'))).toEqual([]);
});
