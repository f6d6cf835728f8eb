import { sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Binding, Candidate } from '../../wgsl/kernel.ts';
import { epilogueOf } from '../elementwise/epilogue.ts';
import { kernelName } from '../elementwise/name.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { CorePoolAttributes } from './pool-core.ts';

const lanes = 64;

/** One lane computes one output element. */
export function poolCandidates(
  inputs: readonly BoundType[],
  { kind, kernel, strides, dilations, pads, countIncludePad, expression }: CorePoolAttributes,
  { outputs, caps }: KernelContext,
): readonly Candidate[] {
  const [x, ...operands] = inputs as [BoundType, ...BoundType[]];
  const output = outputs[0] as BoundType;
  const type = x.elem === 'f16' ? 'f32' : x.elem;
  const [, , height = 1, width = 1] = x.shape;
  const [, , outHeight = 1, outWidth = 1] = output.shape;
  const size = sizeOf(output.shape);
  const epilogue = epilogueOf(
    expression,
    type,
    operands.map((operand, index) => ({ name: `in${index + 1}`, type: operand })),
    output,
  );
  const bindings: Binding[] = [
    { name: 'in0', elem: x.elem, access: 'read' },
    ...epilogue.bindings,
    { name: 'out0', elem: output.elem, access: 'read_write' },
  ];
  const load = x.elem === type ? 'in0[at]' : `${type}(in0[at])`;
  const start = { f32: '-3.4028234e38', i32: 'i32(-2147483647 - 1)', u32: '0u' }[type];
  const average = kind === 'average';
  const counted = countIncludePad === 1;
  const body = `${epilogue.declarations}

@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = (${flatGroup}) * ${lanes}u + lane;
  if (output >= p.size) { return; }
  let plane = output / p.positions * p.plane;
  let position = output % p.positions;
  // Above and left of the input, coordinates wrap to huge numbers, which are past its end too.
  let y = position / p.out_width * p.stride_y - p.top;
  let x = position % p.out_width * p.stride_x - p.left;
  var value = ${average ? '0.0' : start};
  ${average ? 'var count = 0u;' : ''}
  for (var i = 0u; i < p.kernel_height; i++) {
    let row = y + i * p.dilation_y;
    for (var j = 0u; j < p.kernel_width; j++) {
      let column = x + j * p.dilation_x;
      ${average && counted ? 'if (row + p.top < p.padded_height && column + p.left < p.padded_width) { count++; }' : ''}
      if (row < p.height && column < p.width) {
        let at = plane + row * p.width + column;
        ${average ? `value += ${load};` : `value = max(value, ${load});`}
        ${average && !counted ? 'count++;' : ''}
      }
    }
  }
  out0[output] = ${epilogue.value(average ? 'value / f32(max(count, 1u))' : 'value', 'output')};
}`;
  const names = [
    'size',
    'positions',
    'plane',
    'out_width',
    'stride_y',
    'stride_x',
    'top',
    'left',
    'kernel_height',
    'kernel_width',
    'dilation_y',
    'dilation_x',
    'height',
    'width',
    ...(average && counted ? ['padded_height', 'padded_width'] : []),
  ];
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  return [
    {
      name: `${kind} pool`,
      dispatches: [
        {
          kernel: {
            name: kernelName(`pool_${kind}`, expression, bindings, body),
            bindings,
            params: { ...Object.fromEntries(names.map((name) => [name, 'u32' as const])), ...epilogue.params },
            workgroupSize: [lanes, 1, 1],
            body,
          },
          bind: bindings.map(({ name }) => name),
          params: {
            size,
            positions: outHeight * outWidth,
            plane: height * width,
            out_width: outWidth,
            stride_y: strides[0] as number,
            stride_x: strides[1] as number,
            top,
            left,
            kernel_height: kernel[0] as number,
            kernel_width: kernel[1] as number,
            dilation_y: dilations[0] as number,
            dilation_x: dilations[1] as number,
            height,
            width,
            padded_height: height + top + bottom,
            padded_width: width + left + right,
            ...epilogue.values,
          },
          grid: linearGrid(size, lanes, caps),
        },
      ],
    },
  ];
}
