// Trains a classifier on a table with a column of texts and a column of labels, then classifies a sentence.
//   node examples/train-text.ts mail.csv "you have won a prize" [backbone]
import { loadBackbone, openEngine, readDataset, trainHead } from '@headstart/core';

const [table = 'mail.csv', sentence = 'you have won a prize', name = 'minilm-l6'] = process.argv.slice(2);

using engine = await openEngine({ backend: 'auto' });
using backbone = await loadBackbone(name, { engine });

const { samples } = await readDataset(table);
const result = await trainHead(await backbone.extract(samples), { engine, seed: 0 });

const { values } = await backbone.extract([{ id: 'sentence', text: sentence }], { store: false });
for (const { label, confidence } of result.predict(values)) console.log(`'${sentence}' is ${label} (${confidence.toFixed(2)})`);
