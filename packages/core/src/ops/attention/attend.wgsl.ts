import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate, Capabilities, Kernel } from '../../wgsl/kernel.ts';
import { kernelName } from '../elementwise/name.ts';
import { loadText, storeText } from '../elementwise/wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { type AttendAttributes, attendParams } from './attend-params.ts';

/** Rows of queries a lane computes, strided by the workgroup, and keys (or value columns) read by wave-uniform index. */
const rowsPerLane = 4;
const columns = 8;

const blockParams = { blocks: 'u32', block_rows: 'u32', block_columns: 'u32' } as const;

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
  const sharing = sharingOf(context.caps);
  const { params, values } = attendParams(inputs, attributes);
  const pairs = batch * heads;
  const blocks = Math.ceil(queries / (sharing.lanes * rowsPerLane));
  const block = { blocks, block_rows: rowsPerLane, block_columns: columns };
  const columnBlocks = Math.ceil(valueSize / columns);
  const scratch = { scores: pairs * keys * queries * 4, sums: pairs * queries * 4 };

  const scores = scoresKernel(sharing, { q, k, ...(bias ? { bias } : {}) }, params);
  const product = productKernel(sharing, v, output, params);
  return [
    {
      name: 'attention in two products',
      dispatches: [
        {
          kernel: scores,
          bind: scores.bindings.map(({ name }) => name),
          params: { ...values, ...block },
          grid: linearGrid(pairs * blocks, 1, context.caps),
          floats: 2 * pairs * queries * keys * size,
        },
        {
          kernel: product,
          bind: product.bindings.map(({ name }) => name),
          params: { ...values, ...block, column_blocks: columnBlocks },
          grid: linearGrid(pairs * blocks * columnBlocks, 1, context.caps),
          floats: 2 * pairs * queries * keys * valueSize,
        },
      ],
      scratch,
    },
  ];
}

const count = (length: number) => Array.from({ length }, (_, index) => index);
const lines = (length: number, text: (index: number) => string) => count(length).map(text).join('\n');

/** The largest score so far starts here: finite, so that exp(−∞ − largest) is 0 and not NaN. */
const lowest = '-3.4028234e38';

/** How lanes share the loads of what they read by wave-uniform index. */
interface Sharing {
  readonly lanes: number;
  /** Lanes that load one number each and broadcast it; 0: every lane loads every number. A load costs software adapters more than the broadcasts. */
  readonly subgroup: number;
}

function sharingOf({ kind, subgroups, subgroupSize }: Capabilities): Sharing {
  if (kind === 'hardware') return { lanes: 64, subgroup: 0 };
  return { lanes: 8, subgroup: subgroups && (subgroupSize === 4 || subgroupSize === 8) ? subgroupSize : 0 };
}

/** Declares where this lane's shared numbers start, `${name}0_at`…, given the text for a column. */
function sharedBases({ subgroup }: Sharing, name: string, at: (column: string) => string): string {
  if (!subgroup) return lines(columns, (c) => `let ${name}${c}_at = ${at(`${c}u`)};`);
  return count(columns / subgroup)
    .map((g) => `let ${name}${g * subgroup}_at = ${at(`(${g * subgroup}u + subgroup_lane % ${subgroup}u)`)};`)
    .join('\n');
}

/** Loads the shared numbers `${name}0`… */
function sharedLoads({ subgroup }: Sharing, name: string, load: (at: string) => string): string {
  return count(subgroup ? columns / subgroup : columns)
    .map((g) => `let ${name}${subgroup ? g * subgroup : g} = ${load(`${name}${subgroup ? g * subgroup : g}_at`)};`)
    .join('\n');
}

function shared({ subgroup }: Sharing, name: string, column: number): string {
  return subgroup ? `subgroupBroadcast(${name}${column - (column % subgroup)}, ${column % subgroup}u)` : `${name}${column}`;
}

function builtins({ subgroup }: Sharing): string {
  const own = subgroup ? ', @builtin(subgroup_invocation_id) subgroup_lane: u32' : '';
  return `@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32${own}`;
}

/**
 * The 4 rows of a block are the components of its vectors. What follows the sums is a loop whose bound comes as a uniform:
 * Mesa unrolls loops with a bound it can tell, and then compiles for seconds.
 */
function scoresKernel(
  sharing: Sharing,
  { q, k, bias }: { readonly q: BoundType; readonly k: BoundType; readonly bias?: BoundType },
  params: Kernel['params'],
): Kernel {
  const { lanes } = sharing;
  const bindings: Binding[] = [
    { name: 'in0', elem: q.elem, access: 'read' },
    { name: 'in1', elem: k.elem, access: 'read' },
    ...(bias ? [{ name: 'in3', elem: bias.elem, access: 'read' } as const] : []),
    { name: 'scores', elem: 'f32', access: 'read_write' },
    { name: 'sums', elem: 'f32', access: 'read_write' },
  ];
  const biased = bias ? ` + ${loadText('in3[bias_at + row * p.bias_row + (t + c) * p.bias_column]', bias.dtype, bias.elem)}` : '';
  const body = `@compute fn main(${builtins(sharing)}) {
  let item = ${flatGroup};
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (item % p.blocks) * ${lanes * rowsPerLane}u + lane;
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;${bias ? '\n  let bias_at = b * p.bias_batch + h * p.bias_head;' : ''}
  let scores_at = pair * p.keys * p.queries;
  let rows = min(vec4u(${count(rowsPerLane)
    .map((r) => `first + ${r * lanes}u`)
    .join(', ')}), vec4u(p.queries - 1u));
  let q_rows = q_at + rows * p.q_row;
  var largest = array<f32, ${rowsPerLane}>(${count(rowsPerLane)
    .map(() => lowest)
    .join(', ')});
  for (var t = 0u; t < p.keys; t += ${columns}u) {
${sharedBases(sharing, 'k', (c) => `k_at + min(t + ${c}, p.keys - 1u) * p.k_row`)}
${lines(columns, (c) => `var s${c} = vec4f();`)}
    for (var d = 0u; d < p.size; d++) {
      let qs = vec4f(${['x', 'y', 'z', 'w'].map((r) => loadText(`in0[q_rows.${r} + d]`, q.dtype, q.elem)).join(', ')});
${sharedLoads(sharing, 'k', (at) => loadText(`in1[${at} + d]`, k.dtype, k.elem))}
${lines(columns, (c) => `s${c} += qs * ${shared(sharing, 'k', c)};`)}
    }
    var block = array<vec4f, ${columns}>(${count(columns)
      .map((c) => `s${c}`)
      .join(', ')});
    for (var r = 0u; r < p.block_rows; r++) {
      let row = first + r * ${lanes}u;
      if (row >= p.queries) { break; }
      for (var c = 0u; c < p.block_columns; c++) {
        if (t + c >= p.keys) { break; }
        let score = select(${lowest}, block[c][r] * p.scale${biased}, i32(t + c) <= i32(row) + p.hidden);
        largest[r] = max(largest[r], score);
        scores[scores_at + (t + c) * p.queries + row] = score;
      }
    }
  }
  for (var r = 0u; r < p.block_rows; r++) {
    let row = first + r * ${lanes}u;
    if (row >= p.queries) { break; }
    let most = largest[r];
    var sum = 0.0;
    for (var t = 0u; t < p.keys; t++) {
      let at = scores_at + t * p.queries + row;
      let weight = select(0.0, exp(scores[at] - most), i32(t) <= i32(row) + p.hidden);
      sum += weight;
      scores[at] = weight;
    }
    sums[pair * p.queries + row] = sum;
  }
}`;
  return kernelOf('attention_scores', sharing, bindings, body, { ...params, ...blockParams });
}

function productKernel(sharing: Sharing, v: BoundType, output: BoundType, params: Kernel['params']): Kernel {
  const { lanes } = sharing;
  const bindings: Binding[] = [
    { name: 'scores', elem: 'f32', access: 'read' },
    { name: 'sums', elem: 'f32', access: 'read' },
    { name: 'in2', elem: v.elem, access: 'read' },
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
  const body = `@compute fn main(${builtins(sharing)}) {
  let item = ${flatGroup};
  let column = (item % p.column_blocks) * ${columns}u;
  let rest = item / p.column_blocks;
  let pair = rest / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (rest % p.blocks) * ${lanes * rowsPerLane}u + lane;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;
${sharedBases(sharing, 'v', (c) => `v_at + min(column + ${c}, p.value_size - 1u)`)}
  let rows = min(vec4u(${count(rowsPerLane)
    .map((r) => `first + ${r * lanes}u`)
    .join(', ')}), vec4u(p.queries - 1u));
  var at = pair * p.keys * p.queries + rows;
  var v_row = 0u;
${lines(columns, (c) => `var y${c} = vec4f();`)}
  for (var t = 0u; t < p.keys; t++) {
    let weights = vec4f(scores[at.x], scores[at.y], scores[at.z], scores[at.w]);
${sharedLoads(sharing, 'v', (at) => loadText(`in2[${at} + v_row]`, v.dtype, v.elem))}
${lines(columns, (c) => `y${c} += weights * ${shared(sharing, 'v', c)};`)}
    at += vec4u(p.queries);
    v_row += p.v_row;
  }
  var block = array<vec4f, ${columns}>(${count(columns)
    .map((c) => `y${c}`)
    .join(', ')});
  for (var r = 0u; r < p.block_rows; r++) {
    let row = first + r * ${lanes}u;
    if (row >= p.queries) { break; }
    let sum = sums[pair * p.queries + row];
    let inverse = select(0.0, 1.0 / sum, sum > 0.0);
    let to = b * p.out_batch + h * p.out_head + row * p.out_row + column;
    for (var c = 0u; c < p.block_columns; c++) {
      if (column + c >= p.value_size) { break; }
      out0[to + c] = ${storeText('(block[c][r] * inverse)', 'f32', output.elem)};
    }
  }
}`;
  return kernelOf('attention_product', sharing, bindings, body, { ...params, ...blockParams, column_blocks: 'u32' });
}

/** The kernel with the uniforms that its body reads. */
function kernelOf(
  name: string,
  { lanes, subgroup }: Sharing,
  bindings: readonly Binding[],
  body: string,
  params: Kernel['params'],
): Kernel {
  const read = Object.entries(params).filter(([each]) => new RegExp(`\\bp\\.${each}\\b`).test(body));
  return {
    name: kernelName(name, [], bindings, `${lanes} ${subgroup}`),
    bindings,
    params: Object.fromEntries(read),
    workgroupSize: [lanes, 1, 1],
    ...(subgroup ? { enable: ['subgroups'] as const } : {}),
    body,
  };
}
