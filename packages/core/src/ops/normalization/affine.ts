import type { GraphBuilder } from '../../ir/builder.ts';
import type { DType } from '../../tensor/dtype.ts';
import { ExpressionBuilder } from '../elementwise/build.ts';

/** Emits the core normalisation of `x` with rows from `axis` on, then `· scale + bias` where they are given; both broadcast to x. */
export function addNormalization(
  g: GraphBuilder,
  x: string,
  scale: string,
  bias: string,
  attributes: { readonly axis: number; readonly centred: boolean; readonly epsilon: number },
): string {
  const operands = [scale, bias].filter((name) => name !== '');
  const dtypes: DType[] = ['float32', ...operands.map((name) => g.typeOf(name).dtype)];
  const e = new ExpressionBuilder(dtypes);
  let value = 0;
  if (scale !== '') value = e.apply('Mul', [value, 1]);
  if (bias !== '') value = e.apply('Add', [value, operands.length]);
  const { axis, centred, epsilon } = attributes;
  return g.add(
    'LayerNormalization',
    [x, ...operands],
    { axis, centred: Number(centred), epsilon, expression: e.build(value) },
    { domain: 'headstart' },
  );
}
