import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { siteFiles } from './site-files.ts';

const here = import.meta.dirname;

/** What is loaded when it is needed: operators that few models have, what reads archives and tables, tokenizers, the Hub. */
const later =
  'ops/(attention/(general|group-query|scaled-dot-product)|further|control|einsum|grid|loss|quantized|recurrent|selection|sequence|signal|text|training)|conv/(conv-transpose|spatial)|movement/(eye-like|further|gather-elements|one-hot|reverse-sequence|scatter)|pool/(lp-pool|max-unpool)|elementwise/(bit-cast|shrink)|random/random|reduce/(cumprod|cumsum)|wgsl/overflow-helpers|backbone/(dataset/(zip|table)|tokenizer|source/(hugging-face|npm|tar))|platform/opus|runtime-browser';

/**
 * Scripts of the worker, by what they are for, each importing only those before it: what it needs of npm, the engine (what executes graphs),
 * and what learns with it. The build's table tells their sizes.
 */
const output = {
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      {
        name: 'libraries',
        test: /\/node_modules\/(?!.*(onnxruntime|zip\.js|csv-parse|huggingface|react|base-ui|floating-ui|scheduler|use-sync|decode-wav|wasm-audio-decoders|mpg123|opus-decoder|simple-yenc|codec-parser))/,
      },
      {
        name: 'engine',
        test: new RegExp(
          `/packages/core/(src|dist)/(?!.*(${later}))(tensor|wgsl|ir|ops|passes|plan|gpu|platform|wasm|session|errors|onnx)`,
        ),
      },
      { name: 'learning', test: new RegExp(`/packages/core/(src|dist)/(?!.*(${later}))`) },
    ],
  },
};

/** The studio's own entries; a page of the tests is built by the same rules, and is its own entry. */
const entries: Plugin = {
  name: 'headstart-entries',
  config(config) {
    if (config.root !== undefined && resolve(config.root) !== here) return undefined;
    const input = {
      index: join(here, 'index.html'),
      'headstart-studio': join(here, 'src/elements/headstart-studio.ts'),
      'headstart-predictor': join(here, 'src/elements/headstart-predictor.ts'),
    };
    return { build: { rolldownOptions: { input } } };
  },
};

export default defineConfig({
  base: './',
  plugins: [react(), entries, siteFiles()],
  worker: { format: 'es', rolldownOptions: { output, checks: { pluginTimings: false } } },
  build: {
    target: 'esnext',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // Pages name the elements' scripts, so these have no hash in their name.
      output: { ...output, entryFileNames: ({ name }) => (name.startsWith('headstart-') ? '[name].js' : 'assets/[name]-[hash].js') },
      preserveEntrySignatures: false,
    },
  },
});
