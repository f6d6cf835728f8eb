import { fuzz, tinyImageModel, tinyTextModel } from '@headstart/testkit';
import { expect, it } from 'vitest';
import { encodeModel } from '../src/onnx/encode.ts';
import { exportGraph } from '../src/onnx/export.ts';
import { newBuilder } from '../src/ops/registry.ts';
import { openEngine } from '../src/session/open-engine.ts';
import { selfCheck } from '../src/session/self-check.ts';
import { Tensor } from '../src/tensor/tensor.ts';

/** If within Loop, whose scanned output NonZero reads: all kinds of steps in a few hundred bytes. */
function controlModel(): Uint8Array {
  const body = newBuilder({ fold: false });
  const [iteration, condition, x] = [body.input('i', 'int64', []), body.input('c', 'bool', []), body.input('carried', 'float32', ['n'])];
  const branchOf = (type: string) => {
    const inner = newBuilder({ parent: body, fold: false });
    return inner.build([inner.add(type, [x])], type);
  };
  const even = body.add('Equal', [
    body.add('Mod', [iteration, body.constant(Tensor.scalar(2n, 'int64'))]),
    body.constant(Tensor.scalar(0n, 'int64')),
  ]);
  const node = {
    name: '',
    type: 'If',
    domain: '',
    opset: 17,
    inputs: [even],
    attributes: { then_branch: branchOf('Exp'), else_branch: branchOf('Tanh') },
  };
  body.keep({ ...node, outputs: ['y'] }, [{ dtype: 'float32', shape: ['n'] }]);
  const loop = body.build([condition, 'y', 'y'], 'body');
  const g = newBuilder({ fold: false });
  const trips = g.constant(Tensor.scalar(3n, 'int64'), 'trips');
  const input = g.input('x', 'float32', ['n']);
  g.keep(
    { name: '', type: 'Loop', domain: '', opset: 17, inputs: [trips, '', input], outputs: ['last', 'all'], attributes: { body: loop } },
    [
      { dtype: 'float32', shape: ['n'] },
      { dtype: 'float32', shape: ['steps', 'n'] },
    ],
  );
  return encodeModel(exportGraph(g.build(['last', g.add('NonZero', ['all'])], 'control')));
}

it('2,000 random or damaged models end in an error or a session', async () => {
  using engine = await openEngine({ backend: 'webgpu' });
  const corpus = [
    { name: 'image', bytes: tinyImageModel() },
    { name: 'text', bytes: tinyTextModel() },
    { name: 'control', bytes: controlModel() },
  ];
  const totals = await fuzz({ engine, corpus, rounds: 2000, seed: 11 });
  expect(totals.unread + totals.unloaded + totals.loaded).toBe(2000);
  // Damage that no check notices, and damage that each stage does: otherwise nothing would be tested.
  for (const count of [totals.unread, totals.loaded]) expect(count).toBeGreaterThan(50);
  await selfCheck(engine);
});
