import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { tinyImageModel } from '../../test/support/tiny-models.ts';
import { openEngine } from '../session/open-engine.ts';
import { loadBackbone } from './backbone.ts';
import type { Sample } from './sample.ts';

const total = 60;
const batchSize = 3;
const options = { image: { fit: 'stretch', height: 8, width: 8 } } as const;
/** Pictures of one colour each. */
const samples: Sample[] = Array.from({ length: total }, (_, index) => ({
  id: `p${index}`,
  label: index % 2 ? 'odd' : 'even',
  picture: { width: 2, height: 2, data: new Uint8Array(12).fill(index) },
}));

test('a kill in mid-extraction loses at most one batch', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headstart-kill-'));
  process.env.HEADSTART_CACHE = join(folder, 'cache');
  try {
    const path = join(folder, 'model.onnx');
    await writeFile(path, tinyImageModel());
    const here = pathToFileURL(import.meta.dirname).href;
    const program = `
      const { loadBackbone } = await import('${here}/backbone.ts');
      const { openEngine } = await import('${here}/../session/open-engine.ts');
      const engine = await openEngine({ backend: 'wasm' });
      const backbone = await loadBackbone(${JSON.stringify(path)}, { engine, ...${JSON.stringify(options)} });
      const samples = Array.from({ length: ${total} }, (_, index) => ({
        id: 'p' + index,
        picture: { width: 2, height: 2, data: new Uint8Array(12).fill(index) },
      }));
      await backbone.extract(samples, { batchSize: ${batchSize}, onProgress: ({ done }) => process.stdout.write(done + '\\n') });
    `;
    const script = join(folder, 'extract.mjs');
    await writeFile(script, program);
    const child = spawn(process.execPath, ['--conditions=source', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let reported = 0;
    child.stdout.on('data', (text: Buffer) => {
      reported = Number(text.toString().trim().split('\n').at(-1));
      if (reported >= 5 * batchSize) child.kill('SIGKILL');
    });
    const signal = await new Promise((resolve) => child.on('exit', (_, how) => resolve(how)));
    expect(signal).toBe('SIGKILL');
    using engine = await openEngine({ backend: 'wasm' });
    using backbone = await loadBackbone(path, { engine, ...options });
    const features = await backbone.extract(samples, { batchSize });
    // What was reported is on disk; batches written since may be too.
    expect(features.reused).toBeGreaterThanOrEqual(reported);
    expect(features.reused).toBeLessThan(total);
    expect(features.values.shape).toEqual([total, 4]);
    expect((await backbone.extract(samples)).reused).toBe(total);
  } finally {
    delete process.env.HEADSTART_CACHE;
    await rm(folder, { recursive: true, maxRetries: 5 });
  }
});
