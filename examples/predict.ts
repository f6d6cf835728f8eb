// Classifies pictures with a bundle that `headstart train` or `result.save` wrote.
//   node examples/predict.ts photos.headstart cat.jpg dog.jpg
import { readFile } from 'node:fs/promises';
import { openBundle } from '@headstart/core';

const [file = 'photos.headstart', ...pictures] = process.argv.slice(2);

using bundle = await openBundle(file);
const samples = pictures.map((path) => ({ id: path, read: async () => new Uint8Array(await readFile(path)) }));
const predictions = await bundle.predict(samples, { onSkipped: ({ id, reason }) => console.error(`${id}: ${reason}`) });
for (const { id, label, confidence } of predictions) console.log(`${id}: ${label} (${confidence.toFixed(2)})`);
