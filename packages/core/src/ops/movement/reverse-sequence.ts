import { sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Tensor as HostTensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import type { Op } from '../op.ts';
import { differentiable } from './copy.ts';
import { asInt32, offsetOf, pickElements } from './host.ts';
import { reshapeTo } from './reshape-to.ts';

/** Turns round the first `sequence_lens[b]` steps of each sample b; what lies past them stays. */
export const reverseSequence: Op<{ batch_axis: number; time_axis: number }> = {
  type: 'ReverseSequence',
  since: 10,
  attributes: { batch_axis: attribute.int(1), time_axis: attribute.int(0) },
  infer: ([x]) => [required(x, 'input')],
  reference([input, lengths], { batch_axis, time_axis }) {
    const x = input as Tensor;
    return [
      pickElements(x, x.shape, (position) => {
        const [length, step] = [(lengths as Tensor).at(position[batch_axis] as number), position[time_axis] as number];
        return offsetOf(position.with(time_axis, step < length ? length - 1 - step : step), x.shape);
      }),
    ];
  },
  lower({ g, inputs: [x = '', lengths = ''], types, attributes: { batch_axis, time_axis } }) {
    const shape = boundShape(types[0]);
    const [batch, steps] = [shape[batch_axis] as number, shape[time_axis] as number];
    const rest = shape.flatMap((_, axis) => (axis === batch_axis || axis === time_axis ? [] : [axis]));
    const perm = [batch_axis, time_axis, ...rest];
    const inner = sizeOf(rest.map((axis) => shape[axis] as number));
    const rows = reshapeTo(g, g.add('Transpose', [x], { perm }), [batch * steps, inner]);
    const m = arithmetic(g, 'int32');
    const count = (length: number, form: readonly number[]) =>
      g.constant(
        HostTensor.from(
          Int32Array.from({ length }, (_, index) => index),
          form,
        ),
        g.fresh('steps'),
      );
    const length = reshapeTo(g, asInt32(g, lengths), [batch, 1]);
    const step = count(steps, [1, steps]);
    const turned = m.where(m.apply('Less', [step, length]), m.sub(m.sub(length, 1), step), step);
    const picked = m.add(turned, m.mul(count(batch, [batch, 1]), steps));
    const taken = g.add('Gather', [rows, reshapeTo(g, picked, [batch * steps])]);
    const inverse = shape.map((_, axis) => perm.indexOf(axis));
    return [
      g.add(
        'Transpose',
        [
          reshapeTo(
            g,
            taken,
            perm.map((axis) => shape[axis] as number),
          ),
        ],
        { perm: inverse },
      ),
    ];
  },
  // dx = dy turned round in the same way
  vjp({ g, inputs: [x = '', lengths = ''], dy: [dy = ''], attributes }) {
    return [dy === '' || !differentiable(g, x) ? '' : g.add('ReverseSequence', [dy, lengths], { ...attributes }), ''];
  },
};
