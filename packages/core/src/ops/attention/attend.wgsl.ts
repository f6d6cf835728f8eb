import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate, Kernel } from '../../wgsl/kernel.ts';
import { kernelName } from '../elementwise/name.ts';
import { loadText, storeText } from '../elementwise/wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { type AttendAttributes, attendParams } from './attend-params.ts';

/** Rows of queries a lane computes, strided by the workgroup, and keys (or value columns) read by wave-uniform index. */
const rowsPerLane = 4;
const columns = 8;

/**
 * Two dispatches through scratch [B·H, T, S]: exponentials of the scores with their sums, then their product with the values.
 * Each lane holds a block of 4 rows × 8 columns in registers: what software adapters run fastest, and right for heads of any size.
 */
export function attendCandidates(
  inputs: readonly (BoundType | undefined)[],
  attributes: AttendAttributes,
  context: KernelContext,
): readonly Candidate[] {
  const [q, k, v, bias] = inputs as readonly [BoundType, BoundType, BoundType, BoundType | undefined];
  const { batch, heads, queries, keys, size, valueSize } = attributes;
  const output = context.outputs[0] as BoundType;
  const lanes = context.caps.kind === 'software' ? 8 : 64;
  const { params, values } = attendParams(inputs, attributes);
  const pairs = batch * heads;
  const blocks = Math.ceil(queries / (lanes * rowsPerLane));
  const columnBlocks = Math.ceil(valueSize / columns);
  const scratch = { scores: pairs * keys * queries * 4, sums: pairs * queries * 4 };

  const scores = scoresKernel(lanes, { q, k, ...(bias ? { bias } : {}) }, params);
  const product = productKernel(lanes, v, output, params);
  return [
    {
      name: 'attention in two products',
      dispatches: [
        {
          kernel: scores,
          bind: scores.bindings.map(({ name }) => name),
          params: { ...values, blocks },
          grid: linearGrid(pairs * blocks, 1, context.caps),
          floats: 2 * pairs * queries * keys * size,
        },
        {
          kernel: product,
          bind: product.bindings.map(({ name }) => name),
          params: { ...values, blocks, column_blocks: columnBlocks },
          grid: linearGrid(pairs * blocks * columnBlocks, 1, context.caps),
          floats: 2 * pairs * queries * keys * valueSize,
        },
      ],
      scratch,
    },
  ];
}

const each = <T>(count: number, text: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => text(index));
const grid = (text: (row: number, column: number) => string): string =>
  each(rowsPerLane, (r) => each(columns, (c) => text(r, c)).join(' ')).join('\n      ');

/** The largest score so far starts here: finite, so that exp(−∞ − largest) is 0 and not NaN. */
const lowest = '-3.4028234e38';

function scoresKernel(
  lanes: number,
  { q, k, bias }: { readonly q: BoundType; readonly k: BoundType; readonly bias?: BoundType },
  params: Kernel['params'],
): Kernel {
  const bindings: Binding[] = [
    { name: 'in0', elem: q.elem, access: 'read' },
    { name: 'in1', elem: k.elem, access: 'read' },
    ...(bias ? [{ name: 'in3', elem: bias.elem, access: 'read' } as const] : []),
    { name: 'scores', elem: 'f32', access: 'read_write' },
    { name: 'sums', elem: 'f32', access: 'read_write' },
  ];
  const biased = (r: number, c: number) =>
    bias
      ? ` + ${loadText(`in3[bias_at + min(row${r}, p.queries - 1u) * p.bias_row + min(t + ${c}u, p.keys - 1u) * p.bias_column]`, bias.dtype, bias.elem)}`
      : '';
  const body = `@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = ${flatGroup};
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (item % p.blocks) * ${lanes * rowsPerLane}u + lane;
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;${bias ? '\n  let bias_at = b * p.bias_batch + h * p.bias_head;' : ''}
  let scores_at = pair * p.keys * p.queries;
  ${each(rowsPerLane, (r) => `let row${r} = first + ${r * lanes}u;\n  let q${r}_at = q_at + min(row${r}, p.queries - 1u) * p.q_row;\n  var largest${r} = ${lowest};`).join('\n  ')}
  for (var t = 0u; t < p.keys; t += ${columns}u) {
    ${each(columns, (c) => `let k${c}_at = k_at + min(t + ${c}u, p.keys - 1u) * p.k_row;`).join('\n    ')}
    ${each(rowsPerLane, (r) => each(columns, (c) => `var s${r}_${c} = 0.0;`).join(' ')).join('\n    ')}
    for (var d = 0u; d < p.size; d++) {
      ${each(rowsPerLane, (r) => `let q${r} = ${loadText(`in0[q${r}_at + d]`, q.dtype, q.elem)};`).join(' ')}
      ${each(columns, (c) => `let k${c} = ${loadText(`in1[k${c}_at + d]`, k.dtype, k.elem)};`).join(' ')}
      ${grid((r, c) => `s${r}_${c} += q${r} * k${c};`)}
    }
    let last = min(t + ${columns}u, p.keys);
    ${each(
      columns,
      (c) => `if (t + ${c}u < last) {
      ${each(
        rowsPerLane,
        (r) => `if (row${r} < p.queries) {
        let score = select(${lowest}, s${r}_${c} * p.scale${biased(r, c)}, i32(t + ${c}u) <= i32(row${r}) + p.hidden);
        largest${r} = max(largest${r}, score);
        scores[scores_at + (t + ${c}u) * p.queries + row${r}] = score;
      }`,
      ).join('\n      ')}
    }`,
    ).join('\n    ')}
  }
  ${each(
    rowsPerLane,
    (r) => `if (row${r} < p.queries) {
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row${r};
      let score = scores[at];
      let weight = select(0.0, exp(score - largest${r}), i32(t) <= i32(row${r}) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row${r}] = sum;
  }`,
  ).join('\n  ')}
}`;
  return {
    name: kernelName('attention_scores', [], bindings, `${lanes}`),
    bindings,
    params: paramsOf(body, { ...params, blocks: 'u32' }),
    workgroupSize: [lanes, 1, 1],
    body,
  };
}

function productKernel(lanes: number, v: BoundType, output: BoundType, params: Kernel['params']): Kernel {
  const bindings: Binding[] = [
    { name: 'scores', elem: 'f32', access: 'read' },
    { name: 'sums', elem: 'f32', access: 'read' },
    { name: 'in2', elem: v.elem, access: 'read' },
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
  const body = `@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = ${flatGroup};
  let column = (item % p.column_blocks) * ${columns}u;
  let rest = item / p.column_blocks;
  let pair = rest / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (rest % p.blocks) * ${lanes * rowsPerLane}u + lane;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;
  let scores_at = pair * p.keys * p.queries;
  ${each(columns, (c) => `let c${c} = min(column + ${c}u, p.value_size - 1u);`).join(' ')}
  ${each(rowsPerLane, (r) => `let row${r} = first + ${r * lanes}u;\n  let from${r} = scores_at + min(row${r}, p.queries - 1u);`).join('\n  ')}
  ${each(rowsPerLane, (r) => each(columns, (c) => `var y${r}_${c} = 0.0;`).join(' ')).join('\n  ')}
  for (var t = 0u; t < p.keys; t++) {
      let step = t * p.queries;
      let v_row = v_at + t * p.v_row;
      ${each(rowsPerLane, (r) => `let w${r} = scores[from${r} + step];`).join(' ')}
      ${each(columns, (c) => `let v${c} = ${loadText(`in2[v_row + c${c}]`, v.dtype, v.elem)};`).join(' ')}
      ${grid((r, c) => `y${r}_${c} += w${r} * v${c};`)}
  }
  let out_at = b * p.out_batch + h * p.out_head + column;
  ${each(
    rowsPerLane,
    (r) => `if (row${r} < p.queries) {
    let sum = sums[pair * p.queries + row${r}];
    let inverse = select(0.0, 1.0 / sum, sum > 0.0);
    let to = out_at + row${r} * p.out_row;
    ${each(columns, (c) => `if (column + ${c}u < p.value_size) { out0[to + ${c}u] = ${storeText(`(y${r}_${c} * inverse)`, 'f32', output.elem)}; }`).join('\n    ')}
  }`,
  ).join('\n  ')}
}`;
  return {
    name: kernelName('attention_product', [], bindings, `${lanes}`),
    bindings,
    params: paramsOf(body, { ...params, blocks: 'u32', column_blocks: 'u32' }),
    workgroupSize: [lanes, 1, 1],
    body,
  };
}

/** The uniforms that a body reads. */
function paramsOf(body: string, params: Kernel['params']): Kernel['params'] {
  return Object.fromEntries(Object.entries(params).filter(([name]) => new RegExp(`\\bp\\.${name}\\b`).test(body)));
}
