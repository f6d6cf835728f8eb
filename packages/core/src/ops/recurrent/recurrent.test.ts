import { describeOp, t } from '@headstart/testkit';

const f = (shape: readonly number[], seed = 1) => t('float32', shape, { seed });
const lengths = t('int32', [2], { values: [4, 2] });

describeOp(
  'LSTM',
  [
    {
      name: 'both directions, lengths, peepholes',
      inputs: [f([4, 2, 3]), f([2, 20, 3], 2), f([2, 20, 5], 3), f([2, 40], 4), lengths, f([2, 2, 5], 5), f([2, 2, 5], 6), f([2, 15], 7)],
      attributes: { hidden_size: 5, direction: 'bidirectional' },
      outputs: 3,
    },
    {
      name: 'reverse',
      inputs: [f([3, 1, 2]), f([1, 12, 2], 2), f([1, 12, 3], 3)],
      attributes: { hidden_size: 3, direction: 'reverse', clip: 0.4 },
      outputs: 3,
    },
  ],
  { golden: false },
);

describeOp(
  'GRU',
  [
    {
      name: 'both directions, lengths',
      inputs: [f([4, 2, 3]), f([2, 12, 3], 2), f([2, 12, 4], 3), f([2, 24], 4), lengths, f([2, 2, 4], 5)],
      attributes: { hidden_size: 4, direction: 'bidirectional' },
      outputs: 2,
    },
    {
      name: 'linear before reset',
      inputs: [f([3, 2, 3]), f([1, 12, 3], 2), f([1, 12, 4], 3), f([1, 24], 4)],
      attributes: { hidden_size: 4, linear_before_reset: 1 },
      outputs: 2,
    },
  ],
  { golden: false },
);

describeOp(
  'RNN',
  [
    {
      name: 'other activations',
      inputs: [f([3, 2, 3]), f([2, 4, 3], 2), f([2, 4, 4], 3), f([2, 8], 4)],
      attributes: { hidden_size: 4, direction: 'bidirectional', activations: ['Relu', 'LeakyRelu'], activation_alpha: [0.2] },
      outputs: 2,
    },
  ],
  { golden: false },
);
