// Finds commands in a recording, with a bundle that was trained on clips.
//   node examples/listen.ts commands.headstart recording.wav
import { readFile } from 'node:fs/promises';
import { decodeClip, openBundle, openEngine, RateChanger } from '@headstart/core';

const [bundlePath = '', recording = ''] = process.argv.slice(2);
using engine = await openEngine({ backend: 'auto' });
using bundle = await openBundle(bundlePath, { engine });
using listener = await bundle.listen({ threshold: 0.7 });

const { rate, samples } = await decodeClip(new Uint8Array(await readFile(recording)));
// A microphone would give such pieces as it hears them.
const changer = new RateChanger(rate, bundle.backbone?.audio?.rate ?? rate);
for (let start = 0; start < samples.length; start += rate) {
  for (const { time, label, confidence } of await listener.push(changer.push(samples.subarray(start, start + rate)))) {
    console.log(`${time.toFixed(2)} s  ${label}  ${(100 * confidence).toFixed(0)} %`);
  }
}
