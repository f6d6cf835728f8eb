import { describeOp, t } from '@headstart/testkit';

const f = (shape: readonly number[], seed = 1) => t('float32', shape, { seed });
const integer = (value: number) => t('int64', [], { values: [value], constant: true });

describeOp(
  'DFT',
  [
    { name: 'one-sided', inputs: [f([2, 6, 1])], attributes: { axis: 1, onesided: 1 }, opset: 17 },
    { name: 'inverse, inner axis, padded', inputs: [f([2, 5, 3, 2]), integer(8), integer(1)], attributes: { inverse: 1 }, opset: 20 },
  ],
  { golden: false },
);

describeOp('STFT', [{ name: 'window', inputs: [f([2, 20, 1]), integer(4), f([8], 2), integer(8)], opset: 17 }], { golden: false });

describeOp(
  'HannWindow',
  [
    { name: 'periodic', inputs: [integer(7)], opset: 17 },
    { name: 'symmetric', inputs: [integer(7)], attributes: { periodic: 0 }, opset: 17 },
  ],
  { golden: false },
);

describeOp(
  'MelWeightMatrix',
  [
    {
      name: 'speech',
      inputs: [
        integer(10),
        integer(64),
        integer(8000),
        t('float32', [], { values: [0], constant: true }),
        t('float32', [], { values: [4000], constant: true }),
      ],
      opset: 17,
    },
  ],
  { golden: false },
);
