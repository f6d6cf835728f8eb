import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { kernelName } from '../elementwise/name.ts';
import { loadText, storeText } from '../elementwise/wgsl.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { type AttendAttributes, attendParams } from './attend-params.ts';

/** Widest head whose query and output rows fit a lane's registers. */
const widest = 128;

/** Bytes of workgroup memory that every adapter offers; more would let fewer workgroups share a multiprocessor. */
const workgroupBytes = 16384;

/** Keys below which the workgroup is not divided. */
const fewKeys = 16;

/**
 * One dispatch with an online softmax (Milakov & Gimelshein 2018; Dao et al. 2022): a lane holds one query row and its output row in
 * registers, the workgroup streams tiles of keys and values through its memory. The workgroup's slices take tiles in turn, each with a
 * softmax of its own over its keys, which they merge at the end (Flash-Decoding, Dao et al. 2023). No scores are written. Hardware adapters only.
 */
export function flashCandidates(
  inputs: readonly (BoundType | undefined)[],
  attributes: AttendAttributes,
  { caps, outputs }: KernelContext,
): readonly Candidate[] {
  const [q, k, v, bias] = inputs as readonly [BoundType, BoundType, BoundType, BoundType | undefined];
  const output = outputs[0] as BoundType;
  const { batch, heads, queries, keys, size, valueSize, views, causalOffset } = attributes;
  if (caps.kind === 'software' || size % 4 !== 0 || valueSize % 4 !== 0 || Math.max(size, valueSize) > widest) return [];
  const lanes = queries > 32 ? 64 : 32;
  const slices = keys > fewKeys && 4 * lanes <= caps.maxInvocations ? 4 : 1;
  const tile = [32, 16, 8, 4].find((rows) => slices * rows * (size + valueSize) * 4 <= workgroupBytes) as number;
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
  const body = `var<workgroup> memory: array<vec4f, ${Math.max(slices * tile * (quads + valueQuads), slices === 1 ? 0 : slices * slices * lanes)}>;

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let item = ${flatGroup};
  let pair = item / p.blocks;
  if (pair >= p.pairs) { return; }
  let b = pair / p.heads;
  let h = pair % p.heads;
  let slice = lane / ${lanes}u;
  let own = lane % ${lanes}u;
  let first = (item % p.blocks) * ${lanes}u;
  let row = first + own;
  let inside = min(row, p.queries - 1u);
  let q_at = p.q_offset + b * p.q_batch + h * p.q_head + inside * p.q_row;
  let k_at = p.k_offset + b * p.k_batch + (h / p.group) * p.k_head;
  let v_at = p.v_offset + b * p.v_batch + (h / p.group) * p.v_head;${bias ? '\n  let bias_at = b * p.bias_batch + h * p.bias_head + inside * p.bias_row;' : ''}
  let keys_at = slice * ${tile * quads}u;
  let values_at = ${slices * tile * quads}u + slice * ${tile * valueQuads}u;
  ${each(quads, (i) => `let q${i} = ${load4(0, q, `q_at + ${4 * i}u`)} * p.scale;`)}
  ${each(valueQuads, (i) => `var y${i} = vec4f();`)}
  var largest = -3.4028234e38;
  var sum = 0.0;
  let seen = ${causalOffset === undefined ? 'p.keys' : `u32(clamp(i32(first) + ${lanes} + p.hidden, 0, i32(p.keys)))`};
  for (var round = 0u; round < seen; round += ${slices * tile}u) {
    let start = min(round + slice * ${tile}u, seen);
    let count = min(${tile}u, seen - start);
    workgroupBarrier();
    for (var i = own; i < count * ${quads}u; i += ${lanes}u) {
      memory[keys_at + i] = ${load4(1, k, `k_at + (start + i / ${quads}u) * p.k_row + (i % ${quads}u) * 4u`)};
    }
    for (var i = own; i < count * ${valueQuads}u; i += ${lanes}u) {
      memory[values_at + i] = ${load4(2, v, `v_at + (start + i / ${valueQuads}u) * p.v_row + (i % ${valueQuads}u) * 4u`)};
    }
    workgroupBarrier();
    for (var j = 0u; j < count; j++) {
      let t = start + j;${causalOffset === undefined ? '' : '\n      if (i32(t) > i32(row) + p.hidden) { break; }'}
      let key = keys_at + j * ${quads}u;
      let value = values_at + j * ${valueQuads}u;
      // Four sums side by side wait less for each other than one.
      var sums = q0 * memory[key];
      ${each(quads - 1, (i) => `sums = fma(q${i + 1}, memory[key + ${i + 1}u], sums);`, '\n      ')}
      let score = sums.x + sums.y + sums.z + sums.w${bias ? ` + ${loadText('in3[bias_at + t * p.bias_column]', bias.dtype, bias.elem)}` : ''};
      if (score > largest) {
        let shrink = exp(largest - score);
        largest = score;
        sum *= shrink;
        ${each(valueQuads, (i) => `y${i} *= shrink;`, ' ')}
      }
      let weight = exp(score - largest);
      sum += weight;
      ${each(valueQuads, (i) => `y${i} += weight * memory[value + ${i}u];`, '\n      ')}
    }
  }
  let to = b * p.out_batch + h * p.out_head + row * p.out_row;
${slices === 1 ? storeRow(valueQuads, output) : mergeSlices(slices, lanes, valueQuads, output)}
}`;
  return [
    {
      name: 'flash attention',
      dispatches: [
        {
          kernel: {
            name: kernelName('attention_flash', [], bindings, `${[lanes, slices, tile, size, valueSize, causalOffset === undefined]}`),
            bindings,
            params: { ...params, blocks: 'u32' },
            workgroupSize: [slices * lanes, 1, 1],
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

function each(count: number, text: (index: number) => string, join = '\n  '): string {
  return Array.from({ length: count }, (_, i) => text(i)).join(join);
}

function storeRow(valueQuads: number, output: BoundType): string {
  return `  if (row >= p.queries) { return; }
  let inverse = select(0.0, 1.0 / sum, sum > 0.0);
  ${each(valueQuads, (i) => storeQuad(`y${i} * inverse`, `${4 * i}u`, output))}`;
}

function storeQuad(quad: string, at: string, { elem }: BoundType): string {
  return ['x', 'y', 'z', 'w'].map((c, d) => `out0[to + ${at} + ${d}u] = ${storeText(`(${quad}).${c}`, 'f32', elem)};`).join(' ');
}

/** Scales each slice's row to the largest score of all, and adds them, as many quads at a time as there are slices: each stores one. */
function mergeSlices(slices: number, lanes: number, valueQuads: number, output: BoundType): string {
  const others = Array.from({ length: slices }, (_, other) => other);
  const chunks = Array.from({ length: Math.ceil(valueQuads / slices) }, (_, chunk) => chunk * slices);
  const placed = (quad: string | number, slice: string | number) => `memory[(${quad}u * ${slices}u + ${slice}) * ${lanes}u + own]`;
  const chunkText = (first: number) => {
    const quads = others.filter((quad) => first + quad < valueQuads);
    return `  workgroupBarrier();
${quads.map((quad) => `  ${placed(quad, 'slice')} = y${first + quad} * factor;`).join('\n')}
  workgroupBarrier();
  if (slice < ${quads.length}u && row < p.queries) {
    let at = slice * ${slices * lanes}u + own;
    let quad = ${others.map((other) => `memory[at + ${other * lanes}u]`).join(' + ')};
    ${storeQuad('quad', `(slice + ${first}u) * 4u`, output)}
  }`;
  };
  return `  workgroupBarrier();
  memory[lane] = vec4f(largest, sum, 0.0, 0.0);
  workgroupBarrier();
${others.map((other) => `  let part${other} = memory[own + ${other * lanes}u];`).join('\n')}
  let most = ${others.slice(1).reduce((text, other) => `max(${text}, part${other}.x)`, 'part0.x')};
  let total = ${others.map((other) => `part${other}.y * exp(part${other}.x - most)`).join(' + ')};
  let factor = select(0.0, exp(largest - most) / total, total > 0.0);
${chunks.map(chunkText).join('\n')}`;
}
