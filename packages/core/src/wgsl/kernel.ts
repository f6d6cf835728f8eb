/** Element type of a storage binding inside a shader. */
export type Elem = 'f32' | 'f16' | 'i32' | 'u32';

/** What an adapter can do, as far as kernel choice and plans depend on it. Device-free and serialisable. */
export interface Capabilities {
  /** `software` adapters (SwiftShader, llvmpipe) want register blocks and no workgroup memory. */
  readonly kind: 'hardware' | 'software';
  readonly f16: boolean;
  readonly subgroups: boolean;
  readonly subgroupMatrix: boolean;
  readonly subgroupSize: number;
  readonly maxWorkgroupStorage: number; // bytes
  readonly maxInvocations: number; // per workgroup
  readonly maxWorkgroupSize: readonly [number, number, number];
  readonly maxWorkgroupsPerDimension: number;
  readonly maxBindingBytes: number;
  readonly maxStorageBuffers: number; // per stage
  readonly offsetAlignment: number; // bytes, of storage bindings
}

export interface Binding {
  /** Name of the WGSL variable: an `array<elem>` (or `array<vecN<elem>>`) in storage memory. */
  readonly name: string;
  readonly elem: Elem;
  /** Elements a load takes; 1 when left out. */
  readonly vector?: 1 | 2 | 4;
  readonly access: 'read' | 'read_write';
  /** Whether its elements are atomic. */
  readonly atomic?: boolean;
}

/**
 * A WGSL entry point. Shapes come in as `params` (one uniform struct `p`), so that one pipeline serves every shape;
 * only what must be known to the compiler (tile sizes, expressions, element types) is text.
 */
export interface Kernel {
  readonly name: string;
  readonly bindings: readonly Binding[];
  /** Members of the uniform struct `p`, in order; empty for none. */
  readonly params: Readonly<Record<string, 'u32' | 'i32' | 'f32'>>;
  readonly workgroupSize: readonly [number, number, number];
  readonly enable?: readonly ('f16' | 'subgroups' | 'chromium_experimental_subgroup_matrix')[];
  /** WGSL after the prelude: functions, workgroup variables, and `@compute` entry point `main` without its workgroup_size. */
  readonly body: string;
}

/** One dispatch of a kernel, device-free. */
export interface Dispatch {
  readonly kernel: Kernel;
  /** For each binding: `in0`…, `out0`…, or a scratch name of the candidate. */
  readonly bind: readonly string[];
  readonly params: Readonly<Record<string, number>>;
  /** Workgroups; each within the adapter's limit (see `grid`). */
  readonly grid: readonly [number, number, number];
  /** Floating-point operations of this dispatch (a multiply-add is two), where worth telling. */
  readonly floats?: number;
}

/** One way to compute a node. */
export interface Candidate {
  readonly name: string;
  readonly dispatches: readonly Dispatch[];
  /** Temporary buffers by name, in bytes. */
  readonly scratch?: Readonly<Record<string, number>>;
}

/** Marks template text as WGSL for editors; interpolate names and numbers only. */
export function wgsl(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: strings }, ...values);
}

/** Full shader text of a kernel: its generated prelude (enables, bindings, params), then its body. The pipeline cache key. */
export function sourceOf(kernel: Kernel): string {
  const enables = new Set<string>(kernel.enable ?? []);
  if (kernel.bindings.some((binding) => binding.elem === 'f16')) enables.add('f16');
  const lines = [...enables].map((feature) => `enable ${feature};`);
  kernel.bindings.forEach(({ name, elem, vector = 1, access, atomic }, index) => {
    const type = atomic ? `atomic<${elem}>` : vector === 1 ? elem : `vec${vector}<${elem}>`;
    lines.push(`@group(0) @binding(${index}) var<storage, ${access}> ${name}: array<${type}>;`);
  });
  const params = Object.entries(kernel.params);
  if (params.length > 0) {
    lines.push(`struct Params { ${params.map(([name, type]) => `${name}: ${type}`).join(', ')} }`);
    lines.push(`@group(0) @binding(${kernel.bindings.length}) var<uniform> p: Params;`);
  }
  const size = kernel.workgroupSize.join(', ');
  return `${lines.join('\n')}\n${kernel.body.trim().replace('@compute', `@compute @workgroup_size(${size})`)}\n`;
}

/** Bytes of a kernel's uniform struct, padded to 16. */
export function paramBytes(kernel: Kernel): number {
  return Math.ceil((Object.keys(kernel.params).length * 4) / 16) * 16;
}
