// Runs any ONNX model on numbers, and shows what the engine made of it.
//   node examples/run-any-model.ts model.onnx
import { openEngine, readModel, Tensor } from '@headstart/core';

const [file = 'model.onnx'] = process.argv.slice(2);

const model = await readModel(file);
for (const { type, count, supported } of model.operators) console.log(`${type} ×${count}${supported ? '' : ' (wasm only)'}`);
for (const cut of model.suggestCuts()) console.log(`features could leave at ${cut.name}: ${cut.dimension} numbers`);

using engine = await openEngine({ backend: 'auto' });
using session = await engine.load(model, { dimensions: { batch: 1 } });
const feeds = model.inputs.map(({ name, dtype = 'float32', shape = [] }) => {
  const bound = shape.map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? 1 : 16));
  return [name, Tensor.zeros(bound, dtype)] as const;
});
const outputs = await session.run(Object.fromEntries(feeds));
for (const [name, { dtype, shape }] of Object.entries(outputs)) console.log(`${name}: ${dtype}[${shape.join(', ')}]`);
if (engine.backend === 'webgpu') {
  const { dispatches, bytes } = session.explain();
  console.log(`${dispatches} dispatches, ${bytes} bytes of weights`);
}
