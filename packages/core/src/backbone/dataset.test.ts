import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BlobReader, BlobWriter, ZipWriter } from '@zip.js/zip.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DatasetOptions, readDataset, readFiles } from './dataset.ts';
import type { Sample } from './sample.ts';
import { stratifiedSplit } from './split.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    if (!path.endsWith('/')) await writeFile(join(folder, path), content);
    else await mkdir(join(folder, path), { recursive: true });
  }
}

const pairs = (samples: readonly Sample[] | undefined) => samples?.map(({ id, label }) => [id, label]);

describe('class folders', () => {
  test('nested, hidden and foreign files', async () => {
    await put({
      'cat/a.jpg': 'A',
      'cat/deep/b.PNG': 'B',
      'dog/c.webp': 'C',
      'dog/.hidden.jpg': '',
      '.git/x.jpg': '',
      'dog/notes.txt': '',
      'loose.gif': '',
      'bird/': '',
    });
    const { modality, samples, classes, skipped, warnings, test: given } = await readDataset(folder);
    expect(modality).toBe('image');
    expect(pairs(samples)).toEqual([
      ['cat/a.jpg', 'cat'],
      ['cat/deep/b.PNG', 'cat'],
      ['dog/c.webp', 'dog'],
    ]);
    expect(classes).toEqual(['cat', 'dog']);
    expect(skipped.map(({ id }) => id)).toEqual(['dog/notes.txt', 'loose.gif']);
    expect(warnings).toEqual([`Class folder 'bird' of ${folder} holds no picture; it is left out.`]);
    expect(given).toBeUndefined();
    expect(new TextDecoder().decode(await samples[1]?.read?.())).toBe('B');
  });

  test('train and test folders are the split', async () => {
    await put({ 'train/a/1.jpg': '', 'train/b/2.jpg': '', 'test/a/1.jpg': '', 'test/c/3.jpg': '' });
    const { samples, test: given, classes, warnings } = await readDataset(folder);
    expect(pairs(samples)).toEqual([
      ['train/a/1.jpg', 'a'],
      ['train/b/2.jpg', 'b'],
    ]);
    expect(pairs(given)).toEqual([
      ['test/a/1.jpg', 'a'],
      ['test/c/3.jpg', 'c'],
    ]);
    expect(classes).toEqual(['a', 'b']);
    expect(warnings).toEqual(['The test split has classes that the train split lacks: c.']);
  });

  test('a class called train beside others is a class', async () => {
    await put({ 'train/1.jpg': '', 'plane/2.jpg': '' });
    expect((await readDataset(folder)).classes).toEqual(['plane', 'train']);
  });

  test('without labels any picture serves', async () => {
    await put({ '1.jpg': '', 'deep/2.jpg': '' });
    expect(pairs((await readDataset(folder, { labelled: false })).samples)).toEqual([
      ['1.jpg', undefined],
      ['deep/2.jpg', 'deep'],
    ]);
    expect((await readDataset(join(folder, '1.jpg'), { labelled: false })).samples).toHaveLength(1);
  });

  test('one class, no class, nothing there', async () => {
    await put({ 'cat/1.jpg': '', 'dog/': '' });
    await expect(readDataset(folder)).rejects.toThrow("there is only one class, 'cat', expected samples of at least two classes.");
    await expect(readDataset(join(folder, 'dog'))).rejects.toThrow('there is no class with a usable sample');
    await expect(readDataset(join(folder, 'absent'))).rejects.toThrow('there is no such file or folder');
    await put({ 'model.bin': '' });
    await expect(readDataset(join(folder, 'model.bin'))).rejects.toThrow('this kind of file is not known as a dataset');
  });
});

test('a zip of class folders', async () => {
  const writer = new ZipWriter(new BlobWriter());
  for (const [path, content] of Object.entries({ 'pets/cat/1.jpg': 'meow', 'pets/dog/2.jpg': 'woof', '__MACOSX/pets/cat/._1.jpg': '' })) {
    await writer.add(path, new BlobReader(new Blob([content])));
  }
  const bytes = new Uint8Array(await (await writer.close()).arrayBuffer());
  await put({ 'pets.zip': bytes, 'cut.zip': bytes.subarray(0, 100) });
  const { samples } = await readDataset(join(folder, 'pets.zip'));
  expect(samples.map(({ label }) => label)).toEqual(['cat', 'dog']);
  expect(new TextDecoder().decode(await samples[1]?.read?.())).toBe('woof');
  await expect(readDataset(join(folder, 'cut.zip'))).rejects.toThrow('not a whole zip archive');
});

describe('tables', () => {
  const read = async (name: string, content: string | Uint8Array, options?: DatasetOptions) => {
    await put({ [name]: content });
    return readDataset(join(folder, name), options);
  };

  test('CSV with quotes, a byte order mark and empty fields', async () => {
    const { samples, skipped, modality } = await read(
      'mail.csv',
      '\ufeffid,Message,Category\n1,"Win, ""now""\nplease",spam\n2,hello,ham\n3,,ham\n4,lost,\n',
    );
    expect(modality).toBe('text');
    expect(samples).toEqual([
      { id: 'mail.csv:3', text: 'Win, "now"\nplease', label: 'spam' },
      { id: 'mail.csv:4', text: 'hello', label: 'ham' },
    ]);
    expect(skipped).toEqual([
      { id: 'mail.csv:5', reason: "Its text ('Message') is empty." },
      { id: 'mail.csv:6', reason: "Its label ('Category') is empty." },
    ]);
  });

  test('TSV, semicolons, UTF-16 and Windows-1252', async () => {
    expect((await read('a.tsv', 'text\tlabel\nx, y\ta\nz\tb\n')).samples[0]).toEqual({ id: 'a.tsv:2', text: 'x, y', label: 'a' });
    expect((await read('b.csv', 'review;class\ngood, so good;1\nbad;0\n')).classes).toEqual(['0', '1']);
    const wide = new Uint8Array(new Uint16Array([...'\ufefftext,label\nä,a\nb,b\n'].map((each) => each.charCodeAt(0))).buffer);
    expect((await read('c.csv', wide)).samples[0]?.text).toBe('ä');
    expect((await read('d.csv', Buffer.from('text,label\ncaf\xe9,a\nb,b\n', 'latin1'))).samples[0]?.text).toBe('café');
  });

  test('JSON Lines, a bad line skipped and named', async () => {
    const { samples, skipped } = await read('x.jsonl', '{"sentence":"a","target":1}\n{oops\n\n{"sentence":"b","target":false}\n');
    expect(samples).toEqual([
      { id: 'x.jsonl:1', text: 'a', label: '1' },
      { id: 'x.jsonl:4', text: 'b', label: 'false' },
    ]);
    expect(skipped.map(({ id }) => id)).toEqual(['x.jsonl:2']);
  });

  test('columns can be named; the error lists those there are', async () => {
    const content = 'when,words,kind\n1,a,x\n2,b,y\n';
    expect((await read('y.csv', content, { textColumn: 'words', labelColumn: 'Kind' })).classes).toEqual(['x', 'y']);
    await expect(read('y.csv', content)).rejects.toThrow(
      "no text column, expected a column named text, sentence, message, review, content or the like, got 'when', 'words', 'kind'.",
    );
    await expect(read('y.csv', content, { textColumn: 'words' })).rejects.toThrow('no label column');
    await expect(read('y.csv', content, { textColumn: 'missing' })).rejects.toThrow("no column 'missing'");
    expect((await read('y.csv', content, { textColumn: 'words', labelled: false })).samples).toEqual([
      { id: 'y.csv:2', text: 'a' },
      { id: 'y.csv:3', text: 'b' },
    ]);
    await expect(read('z.csv', '')).rejects.toThrow('the table is empty');
    await expect(read('z.csv', 'text,label\na,x\nb,x\n')).rejects.toThrow("there is only one class, 'x'");
  });

  test('a folder with train and test tables', async () => {
    await put({ 'train.csv': 'text,label\na,x\nb,y\n', 'test.csv': 'text,label\nc,x\n' });
    const { samples, test: given } = await readDataset(folder);
    expect([samples.length, given?.length]).toEqual([2, 1]);
  });
});

test('IDX files', async () => {
  const idx3 = (count: number) =>
    Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 1, 0, 0, 0, 2, ...Array.from({ length: 2 * count }, (_, index) => index));
  const idx1 = (...labels: number[]) => Uint8Array.of(0, 0, 8, 1, 0, 0, 0, labels.length, ...labels);
  await put({
    'train-images-idx3-ubyte.gz': gzipSync(idx3(2)),
    'train-labels-idx1-ubyte': idx1(7, 3),
    't10k-images-idx3-ubyte': idx3(1),
    't10k-labels-idx1-ubyte': idx1(3),
  });
  const { samples, test: given, classes } = await readDataset(folder);
  expect(classes).toEqual(['3', '7']);
  expect(samples[1]).toEqual({ id: 'train-1', label: '3', picture: { width: 2, height: 1, data: Uint8Array.of(2, 2, 2, 3, 3, 3) } });
  expect(given).toHaveLength(1);
  await put({ 'train-labels-idx1-ubyte': idx1(7) });
  await expect(readDataset(folder)).rejects.toThrow('pictures and labels differ in number');
});

describe('stratifiedSplit', () => {
  const samples: Sample[] = Array.from({ length: 100 }, (_, index) => ({ id: `s${index}`, label: index < 80 ? 'many' : 'few' }));

  test('keeps the parts of the classes, whatever order samples come in', () => {
    const { train, test: held } = stratifiedSplit(samples, { fraction: 0.25, seed: 3 });
    expect([train.length, held.filter(({ label }) => label === 'many').length, held.filter(({ label }) => label === 'few').length]).toEqual(
      [75, 20, 5],
    );
    const reversed = stratifiedSplit(samples.toReversed(), { fraction: 0.25, seed: 3 });
    expect(new Set(reversed.test.map(({ id }) => id))).toEqual(new Set(held.map(({ id }) => id)));
    expect(stratifiedSplit(samples, { fraction: 0.25, seed: 4 }).test.map(({ id }) => id)).not.toEqual(held.map(({ id }) => id));
  });

  test('small classes', () => {
    const few = [
      { id: 'a', label: 'one' },
      { id: 'b', label: 'two' },
      { id: 'c', label: 'two' },
    ];
    const { train, test: held } = stratifiedSplit(few, { fraction: 0.01 });
    expect([train.length, held.map(({ label }) => label)]).toEqual([2, ['two']]);
    expect(
      stratifiedSplit(few, { fraction: 0.99 })
        .train.map(({ label }) => label)
        .sort(),
    ).toEqual(['one', 'two']);
    expect(() => stratifiedSplit(few, { fraction: 1 })).toThrow('the test fraction cannot be meant');
  });
});

describe('clips', () => {
  test('class folders; pictures among them are not clips', async () => {
    await put({ 'yes/1.wav': 'a', 'yes/2.MP3': 'b', 'no/3.flac': 'c', 'no/4.opus': 'd', 'no/cover.jpg': '' });
    const { modality, samples, skipped, classes } = await readDataset(folder);
    expect(modality).toBe('audio');
    expect(pairs(samples)).toEqual([
      ['no/3.flac', 'no'],
      ['no/4.opus', 'no'],
      ['yes/1.wav', 'yes'],
      ['yes/2.MP3', 'yes'],
    ]);
    expect(classes).toEqual(['no', 'yes']);
    expect(skipped).toEqual([{ id: 'no/cover.jpg', reason: 'It is not a clip of a known kind.' }]);
  });

  test('names in one folder: the label is what stands before the first _', async () => {
    await put({ '0_ann_1.wav': '', '1_bob_1.wav': '', '1_ann_2.wav': '', 'noise.wav': '', 'readme.txt': '' });
    const { samples, skipped } = await readDataset(folder, { groupPattern: /_(.*)_/ });
    expect(samples.map(({ label, group }) => [label, group])).toEqual([
      ['0', 'ann'],
      ['1', 'ann'],
      ['1', 'bob'],
    ]);
    expect(skipped.map(({ id }) => id)).toEqual(['noise.wav', 'readme.txt']);
    expect((await readDataset(folder, { labelled: false })).samples.map(({ id, label }) => [id, label])).toContainEqual([
      'noise.wav',
      undefined,
    ]);
  });

  test('a manifest: paths beside it, parts in seconds, speakers', async () => {
    await put({
      'audio/a.wav': 'A',
      'list.csv': [
        'file,label,start,end,speaker,text',
        'audio/a.wav,yes,0.5,1.25,ann,ja',
        'audio/a.wav,no,2,,ann,nein',
        'audio/b.wav,yes,,,bob,ja',
        'audio/b.wav,yes,,,bob,ja',
        'audio/c.wav,no,soon,,bob,nein',
        ',no,,,bob,nein',
      ].join('\n'),
    });
    const { modality, samples, skipped } = await readDataset(join(folder, 'list.csv'));
    expect(modality).toBe('audio');
    expect(samples.map(({ read: _, ...sample }) => sample)).toEqual([
      { id: 'audio/a.wav 0.5–1.25 s', label: 'yes', group: 'ann', start: 0.5, end: 1.25 },
      { id: 'audio/a.wav 2–end s', label: 'no', group: 'ann', start: 2 },
      { id: 'audio/b.wav', label: 'yes', group: 'bob' },
      { id: 'audio/b.wav (list.csv:5)', label: 'yes', group: 'bob' },
    ]);
    expect(new TextDecoder().decode(await samples[0]?.read?.())).toBe('A');
    expect(skipped.map(({ id, reason }) => [id, reason])).toEqual([
      ['list.csv:6', 'Its start or end is no number of seconds.'],
      ['list.csv:7', "Its path ('file') is empty."],
    ]);
    // Named as texts, the same table holds texts.
    expect((await readDataset(join(folder, 'list.csv'), { textColumn: 'text' })).modality).toBe('text');
    expect((await readDataset(join(folder, 'list.csv'), { groupColumn: 'text' })).samples[0]?.group).toBe('ja');
  });
});

describe('groups', () => {
  const samples = Array.from({ length: 40 }, (_, index) => ({ id: `${index}`, label: `${index % 2}`, group: `speaker ${index % 5}` }));

  test('are on one side of a split, which has about the part asked for', () => {
    for (let seed = 0; seed < 5; seed++) {
      const { train, test: held } = stratifiedSplit(samples, { fraction: 0.25, seed });
      const names = new Set(held.map(({ group }) => group));
      expect(train.some(({ group }) => names.has(group))).toBe(false);
      expect(held.length).toBe(8);
      expect(train.length).toBe(32);
    }
  });

  test('one group alone cannot be split', () => {
    expect(() => stratifiedSplit(samples.map((sample) => ({ ...sample, group: 'ann' })))).toThrow('all samples are of one group');
  });
});

describe('files at hand', () => {
  const files = (...paths: readonly string[]) => paths.map((path) => ({ path, blob: new Blob([path]) }));

  test('class folders, one of them alone too', async () => {
    const { samples, skipped } = await readFiles(
      files('photos/cat/a.jpg', 'photos/cat/.hidden.jpg', 'photos/dog/b.png', 'photos/notes.txt'),
    );
    expect(pairs(samples)).toEqual([
      ['cat/a.jpg', 'cat'],
      ['dog/b.png', 'dog'],
    ]);
    expect(skipped.map(({ id }) => id)).toEqual(['notes.txt']);
    expect(new TextDecoder().decode(await samples[0]?.read?.())).toBe('photos/cat/a.jpg');
    expect(pairs((await readFiles(files('x/cat/a.jpg', 'x/cat/b.jpg'), { labelled: false })).samples)).toHaveLength(2);
  });

  test('a table beside the files that it lists gives their labels and parts', async () => {
    const manifest = 'filename,category,start,end,speaker\na.wav,yes,,,ann\nb.wav,no,0.5,1.5,bob\nlost.wav,no,,,bob\n';
    await put({ 'esc/audio/a.wav': 'A', 'esc/audio/b.wav': 'B', 'esc/meta/esc.csv': manifest });
    const here = await readDataset(join(folder, 'esc'));
    expect(here.modality).toBe('audio');
    expect(here.samples).toMatchObject([
      { id: 'a.wav', label: 'yes', group: 'ann' },
      { id: 'b.wav 0.5–1.5 s', label: 'no', start: 0.5, end: 1.5, group: 'bob' },
      { id: 'lost.wav', label: 'no' },
    ]);
    expect(new TextDecoder().decode(await here.samples[1]?.read?.())).toBe('B');
    await expect(here.samples[2]?.read?.()).rejects.toThrow('the table names a file that is not there, got lost.wav');

    const writer = new ZipWriter(new BlobWriter());
    for (const [path, content] of Object.entries({ 'x/a.wav': 'A', 'x/list.csv': 'path,label\n./a.wav,yes\n' }))
      await writer.add(path, new BlobReader(new Blob([content])));
    const zipped = await readFiles([{ path: 'clips.zip', blob: await writer.close() }]);
    expect(pairs(zipped.samples)).toEqual([['./a.wav', 'yes']]);
    expect(new TextDecoder().decode(await zipped.samples[0]?.read?.())).toBe('A');
  });

  test('a table that lists no files leaves class folders as they are', async () => {
    await put({ 'cat/a.jpg': 'A', 'dog/b.jpg': 'B', 'about.csv': 'text,label\nhello,ham\n' });
    expect((await readDataset(folder)).classes).toEqual(['cat', 'dog']);
    await put({ 'about.csv': 'file,size\ncat/a.jpg,1\ndog/b.jpg,1\n' });
    expect((await readDataset(folder)).classes).toEqual(['cat', 'dog']);
  });

  test('one zip stands for what is in it', async () => {
    const writer = new ZipWriter(new BlobWriter());
    await writer.add('more/cat/a.jpg', new BlobReader(new Blob(['A'])));
    await writer.add('more/LICENSE', new BlobReader(new Blob(['L'])));
    const { samples } = await readFiles([{ path: 'photos.zip', blob: await writer.close() }]);
    expect(pairs(samples)).toEqual([['cat/a.jpg', 'cat']]);
  });

  test('a table', async () => {
    const { modality, samples } = await readFiles([{ path: 'mail.csv', blob: new Blob(['text,label\nhello,ham\n']) }]);
    expect([modality, pairs(samples)]).toEqual(['text', [['mail.csv:2', 'ham']]]);
  });
});
