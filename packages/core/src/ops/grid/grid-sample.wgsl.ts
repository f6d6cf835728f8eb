import { sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';

export type GridMode = 'linear' | 'nearest' | 'cubic';

export interface GridAttributes {
  readonly mode: GridMode;
  readonly padding: 'zeros' | 'border' | 'reflection';
  readonly alignCorners: boolean;
}

const lanes = 64;

/** First tap and weights of a coordinate, by mode. */
const taps: Readonly<Record<GridMode, { readonly count: number; readonly text: string }>> = {
  nearest: { count: 1, text: 'fn first(x: f32) -> i32 { return i32(round(x)); }\nfn weight(x: f32, tap: i32) -> f32 { return 1.0; }' },
  linear: {
    count: 2,
    text: 'fn first(x: f32) -> i32 { return i32(floor(x)); }\nfn weight(x: f32, tap: i32) -> f32 { return 1.0 - abs(x - floor(x) - f32(tap)); }',
  },
  cubic: {
    count: 4,
    text: `fn first(x: f32) -> i32 { return i32(floor(x)) - 1; }
fn weight(x: f32, tap: i32) -> f32 {
  let d = abs(x - floor(x) - f32(tap - 1));
  if (d <= 1.0) { return (1.25 * d - 2.25) * d * d + 1.0; }
  return ((-0.75 * d + 3.75) * d - 6.0) * d + 3.0;
}`,
  },
};

/** One lane an output element; two or three spatial axes (a picture has depth 1). */
export function gridCandidates(
  [x, grid]: readonly BoundType[],
  { mode, padding, alignCorners }: GridAttributes,
  { outputs, caps }: KernelContext,
): readonly Candidate[] {
  const [input, places, output] = [x as BoundType, grid as BoundType, outputs[0] as BoundType];
  const spatial = input.shape.slice(2);
  if (spatial.length > 3 || spatial.length < 1) return [];
  const missing = 3 - spatial.length;
  const [depth = 1, height = 1, width = 1] = [...new Array<number>(missing).fill(1), ...spatial];
  const { count, text } = taps[mode];
  const axis = (index: number, name: string) => {
    if (index < missing) return `let c_${name} = 0.0;`;
    const place = spatial.length - 1 - (index - missing);
    return `let c_${name} = coordinate(f32(in1[entry + ${place}u]), f32(p.${name}));`;
  };
  const fold = padding === 'reflection';
  const inside = 'let inside = index >= 0 && index < dim;';
  const outside =
    padding === 'zeros'
      ? 'if (!inside) { return -1; }\n  return index;'
      : `var own = f32(index);\n  if (!inside${fold ? '' : ' && false'}) { own = round(reflect_back(own, f32(dim))); }\n  return clamp(i32(own), 0, dim - 1);`;
  const adjusted =
    mode === 'cubic' || padding === 'zeros'
      ? 'return own;'
      : padding === 'border'
        ? 'return clamp(own, 0.0, dim - 1.0);'
        : 'return reflect_back(own, dim);';
  const loop = (name: string, index: number, body: string) =>
    index < missing
      ? `{ let i_${name} = 0; let w_${name} = 1.0;\n${body}\n}`
      : `for (var t_${name} = 0; t_${name} < ${count}; t_${name}++) {
    let i_${name} = position(first(c_${name}) + t_${name}, i32(p.${name}));
    let w_${name} = weight(c_${name}, t_${name});
    if (i_${name} < 0) { continue; }
${body}
  }`;
  const read = `sum += w_depth * w_height * w_width * f32(in0[base + (u32(i_depth) * p.height + u32(i_height)) * p.width + u32(i_width)]);`;
  return [
    {
      name: 'gridsample',
      dispatches: [
        {
          kernel: {
            name: `gridsample_${mode}_${padding}_${alignCorners ? 'corners' : 'centres'}_${spatial.length}d_${input.elem}_${places.elem}`,
            bindings: [
              { name: 'in0', elem: input.elem, access: 'read' },
              { name: 'in1', elem: places.elem, access: 'read' },
              { name: 'out0', elem: output.elem, access: 'read_write' },
            ],
            params: { size: 'u32', inner: 'u32', channels: 'u32', depth: 'u32', height: 'u32', width: 'u32' },
            workgroupSize: [lanes, 1, 1],
            body: `${text}
fn reflect_back(x: f32, dim: f32) -> f32 {
  let low = ${alignCorners ? '0.0' : '-0.5'};
  let span = dim ${alignCorners ? '- 1.0' : ''};
  if (span <= 0.0) { return 0.0; }
  let distance = abs(x - low);
  let folded = distance - floor(distance / (2.0 * span)) * 2.0 * span;
  return low + min(folded, 2.0 * span - folded);
}
fn coordinate(x: f32, dim: f32) -> f32 {
  let own = ${alignCorners ? '(x + 1.0) * 0.5 * (dim - 1.0)' : '((x + 1.0) * dim - 1.0) * 0.5'};
  ${adjusted}
}
fn position(index: i32, dim: i32) -> i32 {
  ${inside}
  ${outside}
}
@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.size) { return; }
  let plane = offset / p.inner;
  let entry = (plane / p.channels * p.inner + offset % p.inner) * ${spatial.length}u;
  let base = plane * p.depth * p.height * p.width;
  ${axis(0, 'depth')}
  ${axis(1, 'height')}
  ${axis(2, 'width')}
  var sum = 0.0;
  ${loop('depth', 0, loop('height', 1, loop('width', 2, read)))}
  out0[offset] = ${output.elem}(sum);
}`,
          },
          bind: ['in0', 'in1', 'out0'],
          params: {
            size: sizeOf(output.shape),
            inner: sizeOf(output.shape.slice(2)),
            channels: input.shape[1] as number,
            depth,
            height,
            width,
          },
          grid: linearGrid(sizeOf(output.shape), lanes, caps),
        },
      ],
    },
  ];
}
