// Trains a classifier on a folder with one subfolder of pictures per class, and says how good it is.
//   node examples/train-images.ts ./photos [backbone]
import { exportOnnx, loadBackbone, openEngine, readDataset, stratifiedSplit, trainHead } from '@headstart/core';

const [folder = './photos', name = 'densenet121'] = process.argv.slice(2);

using engine = await openEngine({ backend: 'auto' });
console.log(`${engine.backend}, since ${engine.reason}`);
using backbone = await loadBackbone(name, { engine });

const { samples, classes } = await readDataset(folder);
const { train, test } = stratifiedSplit(samples, { fraction: 0.2, seed: 0 });
console.log(`${train.length} pictures of ${classes.join(', ')}; ${test.length} held out`);

const result = await trainHead(await backbone.extract(train), { engine, seed: 0 });
const { accuracy, majority } = result.evaluate(await backbone.extract(test));
console.log(`accuracy ${accuracy.toFixed(3)}, where always '${majority.label}' gets ${majority.accuracy.toFixed(3)}`);

await result.save('photos.headstart');
const { difference } = await exportOnnx(result, 'photos.onnx', { engine, loaded: backbone });
console.log(`photos.headstart and photos.onnx written; the latter differs by ${difference} in onnxruntime`);
