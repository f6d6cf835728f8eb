import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTinyProject } from '@headstart/testkit';
import { type SiteFile, typeOf } from './site.ts';

const about = {
  title: 'A tiny network for tests',
  source: 'https://models.example/tiny/',
  licence: 'MIT',
  homepage: 'https://models.example/',
};

/** Cards of three backbones small enough for tests, as a static build carries them beside the page. */
export const tinyCards = {
  'tiny-image': { ...about, name: 'tiny-image', modality: 'image', model: 'image.onnx', files: [] },
  'tiny-text': {
    ...about,
    name: 'tiny-text',
    modality: 'text',
    model: 'text/model.onnx',
    files: [{ path: 'text/tokenizer.json' }, { path: 'text/tokenizer_config.json' }],
    cut: 'last_hidden_state',
    pooling: 'mean-mask',
  },
  'tiny-audio': {
    ...about,
    name: 'tiny-audio',
    modality: 'audio',
    model: 'audio.onnx',
    files: [],
    cut: 'features',
    audio: { rate: 8000, seconds: 1, longest: 3, frontend: { kind: 'waveform', normalise: true } },
  },
} as const;

/**
 * The files of a site with those backbones beside it.
 * @param root folder of all backbones
 * @param inner folder of the files in that of a backbone
 */
export async function withBackbones(files: ReadonlyMap<string, SiteFile>, root = 'backbones', inner = ''): Promise<Map<string, SiteFile>> {
  const folder = await mkdtemp(join(tmpdir(), 'headstart-backbones-'));
  try {
    await writeTinyProject(folder);
    const all = new Map(files);
    for (const [name, card] of Object.entries(tinyCards)) {
      const add = (path: string, bytes: Uint8Array) => all.set(`${root}/${name}/${inner}${path}`, { type: typeOf(path), bytes });
      add('card.json', new TextEncoder().encode(JSON.stringify(card)));
      for (const path of [card.model, ...card.files.map((file) => file.path)]) add(path, await readFile(join(folder, path)));
    }
    return all;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
