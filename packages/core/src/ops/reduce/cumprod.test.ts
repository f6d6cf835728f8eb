import { describeOp, t } from '@headstart/testkit';

const axis = (value: number) => t('int64', [], { values: [value], constant: true });
const x = t('float32', [2, 7, 3], { min: 0.5, max: 1.5 });

describeOp(
  'CumProd',
  [
    { name: 'an inner axis', opset: 26, inputs: [x, axis(1)] },
    { name: 'exclusive', opset: 26, inputs: [x, axis(-1)], attributes: { exclusive: 1 } },
    { name: 'from the end', opset: 26, inputs: [x, axis(1)], attributes: { reverse: 1 } },
    { name: 'exclusive, from the end', opset: 26, inputs: [x, axis(0)], attributes: { exclusive: 1, reverse: 1 } },
    { name: 'integers', opset: 26, inputs: [t('int32', [2, 5], { min: -3, max: 3 }), axis(1)] },
    { name: 'one element', opset: 26, inputs: [t('float32', [3, 1]), axis(1)] },
  ],
  { golden: false },
);
