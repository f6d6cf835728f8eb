import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { kernelName } from '../elementwise/name.ts';
import { loadText, storeText } from '../elementwise/wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { type AttendAttributes, attendParams } from './attend-params.ts';

/** Widest head whose query and output rows fit a lane's registers. */
const widest = 128;

/**
 * One dispatch with an online softmax (Milakov & Gimelshein 2018; Dao et al. 2022): a lane holds one query row and its output row in
 * registers, the workgroup streams tiles of keys and values through its memory. No scores are written. Hardware adapters only.
 */
export function flashCandidates(
  inputs: readonly (BoundType | undefined)[],
  attributes: AttendAttributes,
  { caps, outputs }: KernelContext,
): readonly Candidate[] {
  const [q, k, v, bias] = inputs as readonly [BoundType, BoundType, BoundType, BoundType | undefined];
  const output = outputs[0] as BoundType;
  const { batch, heads, queries, keys, size, valueSize, views, causalOffset } = attributes;
  const tile = [32, 16, 8].find((rows) => rows * (size + valueSize) * 4 <= caps.maxWorkgroupStorage);
  if (caps.kind === 'software' || size % 4 !== 0 || valueSize % 4 !== 0 || Math.max(size, valueSize) > widest || !tile) return [];
  const lanes = queries > 32 ? 64 : 32;
  const quads = size / 4;
  const valueQuads = valueSize / 4;
  const blocks = Math.ceil(queries / lanes);
  const aligned = views.map(({ offset, batch: b, head, row }) => [offset, b, head, row].every((stride) => stride % 4 === 0));
  const { params, values } = attendParams(inputs, attributes);

  const bindings: Binding[] = [
    ...[q, k, v].map(
      (type, index): Binding => ({
        name: `in${index}`,
        elem: type.elem,
        access: 'read',
        ...(aligned[index] ? { vector: 4 } : {}),
      }),
    ),
    ...(bias ? [{ name: 'in3', elem: bias.elem, access: 'read' } as const] : []),
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
  /** Text of four elements from flat element `at`, in f32. */
  const load4 = (index: number, { dtype, elem }: BoundType, at: string) => {
    if (aligned[index]) return elem === 'f16' ? `vec4f(in${index}[(${at}) / 4u])` : `in${index}[(${at}) / 4u]`;
    return `vec4f(${[0, 1, 2, 3].map((d) => loadText(`in${index}[${at} + ${d}u]`, dtype, elem)).join(', ')})`;
  };
  const each = (count: number, text: (index: number) => string, join = '\n  ') =>
    Array.from({ length: count }, (_, i) => text(i)).join(join);
  const body = `var<workgroup> key_tile: array<vec4f, ${tile * quads}>;
var<workgroup> value_tile: array<vec4f, ${tile * valueQuads}>;

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = ${flatGroup};
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let first = (item % p.blocks) * ${lanes}u;
  let row = first + lane;
  let own = min(row, p.queries - 1u);
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head + own * p.q_row;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;${bias ? '\n  let bias_at = b * p.bias_batch + h * p.bias_head + own * p.bias_row;' : ''}
  ${each(quads, (i) => `let q${i} = ${load4(0, q, `q_at + ${4 * i}u`)} * p.scale;`)}
  ${each(valueQuads, (i) => `var y${i} = vec4f();`)}
  var largest = -3.4028234e38;
  var sum = 0.0;
  let seen = ${causalOffset === undefined ? 'p.keys' : `u32(clamp(i32(first) + ${lanes} + p.hidden, 0, i32(p.keys)))`};
  for (var start = 0u; start < seen; start += ${tile}u) {
    let count = min(${tile}u, seen - start);
    workgroupBarrier();
    for (var i = lane; i < count * ${quads}u; i += ${lanes}u) {
      key_tile[i] = ${load4(1, k, `k_at + (start + i / ${quads}u) * p.k_row + (i % ${quads}u) * 4u`)};
    }
    for (var i = lane; i < count * ${valueQuads}u; i += ${lanes}u) {
      value_tile[i] = ${load4(2, v, `v_at + (start + i / ${valueQuads}u) * p.v_row + (i % ${valueQuads}u) * 4u`)};
    }
    workgroupBarrier();
    for (var j = 0u; j < count; j++) {
      let t = start + j;${causalOffset === undefined ? '' : '\n      if (i32(t) > i32(row) + p.hidden) { break; }'}
      // Four sums side by side wait less for each other than one.
      var sums = q0 * key_tile[j * ${quads}u];
      ${each(quads - 1, (i) => `sums = fma(q${i + 1}, key_tile[j * ${quads}u + ${i + 1}u], sums);`, '\n      ')}
      let score = sums.x + sums.y + sums.z + sums.w${bias ? ` + ${loadText('in3[bias_at + t * p.bias_column]', bias.dtype, bias.elem)}` : ''};
      if (score > largest) {
        let shrink = exp(largest - score);
        largest = score;
        sum *= shrink;
        ${each(valueQuads, (i) => `y${i} *= shrink;`, ' ')}
      }
      let weight = exp(score - largest);
      sum += weight;
      ${each(valueQuads, (i) => `y${i} += weight * value_tile[j * ${valueQuads}u + ${i}u];`, '\n      ')}
    }
  }
  if (row >= p.queries) { return; }
  let inverse = select(0.0, 1.0 / sum, sum > 0.0);
  let to = b * p.out_batch + h * p.out_head + row * p.out_row;
  ${each(valueQuads, (i) => ['x', 'y', 'z', 'w'].map((c, d) => `out0[to + ${4 * i + d}u] = ${storeText(`(y${i}.${c} * inverse)`, 'f32', output.elem)};`).join(' '))}
}`;
  return [
    {
      name: 'flash attention',
      dispatches: [
        {
          kernel: {
            name: kernelName('attention_flash', [], bindings, `${[lanes, tile, size, valueSize, causalOffset === undefined]}`),
            bindings,
            params: { ...params, blocks: 'u32' },
            workgroupSize: [lanes, 1, 1],
            body,
          },
          bind: bindings.map(({ name }) => name),
          params: { ...values, blocks },
          grid: linearGrid(batch * heads * blocks, 1, caps),
          floats: 2 * batch * heads * queries * keys * (size + valueSize),
        },
      ],
    },
  ];
}
