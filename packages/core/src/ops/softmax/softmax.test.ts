import { describeOp, t } from '@headstart/testkit';

for (const type of ['Softmax', 'LogSoftmax']) {
  describeOp(type, [
    { name: 'last axis', inputs: [t('float32', [3, 5])], gradient: true },
    { name: 'middle axis', inputs: [t('float32', [2, 4, 3])], attributes: { axis: 1 }, gradient: true },
    { name: 'long rows', inputs: [t('float32', [3, 200], { min: -9, max: 9 })] },
    { name: 'large values do not overflow', inputs: [t('float32', [2, 4], { values: [1000, 999, -1000, 0, 88, 89, 90, 91] })] },
    { name: 'float16', inputs: [t('float16', [4, 40])] },
    { name: 'opset 11 coerces to two axes', inputs: [t('float32', [2, 3, 4])], opset: 11, gradient: true },
    { name: 'opset 11, axis 0', inputs: [t('float32', [3, 4])], attributes: { axis: 0 }, opset: 11 },
  ]);
}
