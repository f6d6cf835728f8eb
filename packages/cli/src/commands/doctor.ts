import { statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { cacheFolder, openEngine, requestAdapter, selfCheck } from '@headstart/core';
import { commands } from '../args.ts';
import { exitCodes } from '../help.ts';
import { formatBytes } from '../plain.ts';
import { version } from '../version.ts';
import { type Context, handler, pathOf } from './command.ts';

interface AdapterFacts {
  readonly name: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly kind: 'hardware' | 'software';
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

const shownLimits = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

/** Features that kernels use, and what each brings. */
const usefulFeatures = [
  ['shader-f16', 'half precision: half the memory, and faster where the GPU is'],
  ['subgroups', 'faster reductions'],
  ['chromium-experimental-subgroup-matrix', 'tensor cores'],
  ['timestamp-query', 'times of single kernels'],
] as const;

export const doctor = handler(commands.doctor.flags, async ({ flags }, context) => {
  const { io, report } = context;
  const { paint } = report;
  const adapter = await readAdapter();
  const check = adapter ? await checkAdapter() : undefined;
  using chosen = await openEngine({ backend: flags.engine });
  const cache = await cacheFacts(flags.cache === undefined ? cacheFolder() : pathOf(context, flags.cache));
  const advice = adviceFor(adapter, io.env, process.platform);
  const good = (text: string) => `  ${paint.green('✓')} ${text}`;
  const bad = (text: string) => `  ${paint.yellow('!')} ${text}`;
  const plain = (text: string) => `    ${text}`;
  const lines = [
    paint.bold(`Headstart ${version}`),
    plain(`Node ${process.versions.node} on ${process.platform} ${process.arch}, ${availableParallelism()} cores`),
    '',
    paint.bold('Adapter'),
    ...(adapter
      ? [
          (adapter.kind === 'hardware' ? good : bad)(`${adapter.name} (${adapter.kind})`),
          ...usefulFeatures.map(([feature, brings]) =>
            adapter.features.includes(feature) ? good(`${feature}: ${brings}`) : plain(paint.dim(`no ${feature}: ${brings}`)),
          ),
          plain(
            `at most ${formatBytes(adapter.limits.maxStorageBufferBindingSize ?? 0)} a binding, ` +
              `${formatBytes(adapter.limits.maxComputeWorkgroupStorageSize ?? 0)} of workgroup memory, ` +
              `${adapter.limits.maxStorageBuffersPerShaderStage} storage buffers`,
          ),
        ]
      : [bad('no WebGPU adapter: everything runs on the wasm engine')]),
    ...(check
      ? [
          check.message === undefined
            ? good(`a product of matrices is right (${Math.round(check.milliseconds)} ms with start-up)`)
            : `  ${paint.red('✗')} ${check.message}`,
        ]
      : []),
    '',
    paint.bold('Engine'),
    good(`--engine ${flags.engine} takes ${chosen.backend}, since ${chosen.reason}`),
    '',
    paint.bold('Cache'),
    plain(`${cache.folder}${cache.free === undefined ? '' : `, ${formatBytes(cache.free)} free`}`),
    ...(advice.length > 0 ? ['', paint.bold('To do better'), ...advice.map(plain)] : []),
  ];
  const healthy = check?.message === undefined;
  report.result(
    { version, node: process.versions.node, adapter, check, engine: { backend: chosen.backend, reason: chosen.reason }, cache, advice },
    lines.join('\n'),
  );
  return healthy ? exitCodes.ok : exitCodes.failure;

  async function checkAdapter(): Promise<{ readonly milliseconds: number; readonly message?: string }> {
    try {
      using engine = await openEngine({ backend: 'webgpu' });
      return { milliseconds: (await selfCheck(engine)).firstMilliseconds };
    } catch (error) {
      return { milliseconds: 0, message: error instanceof Error ? error.message : String(error) };
    }
  }
});

/** The folder of downloads and features, with the room left where it is or will be. */
async function cacheFacts(folder: string): Promise<{ readonly folder: string; readonly free: number | undefined }> {
  for (let place = folder; ; place = dirname(place)) {
    const found = await statfs(place).catch(() => undefined);
    if (found) return { folder, free: found.bavail * found.bsize };
    if (dirname(place) === place) return { folder, free: undefined };
  }
}

async function readAdapter(): Promise<AdapterFacts | undefined> {
  const adapter = await requestAdapter();
  if (!adapter) return undefined;
  using engine = await openEngine({ backend: 'webgpu' });
  const { info, limits, features } = adapter;
  return {
    name: info.description || info.device || info.vendor,
    vendor: info.vendor,
    architecture: info.architecture,
    kind: engine.adapter?.kind ?? 'software',
    features: [...features].sort(),
    limits: Object.fromEntries(shownLimits.map((name) => [name, limits[name]])),
  };
}

/** What to install or set, for machines that could do better than they do. */
export function adviceFor(
  adapter: Pick<AdapterFacts, 'kind' | 'name' | 'features'> | undefined,
  env: Context['io']['env'],
  platform: NodeJS.Platform,
): readonly string[] {
  if (adapter?.kind === 'hardware') return [];
  const advice: string[] = [];
  if (platform === 'linux') {
    advice.push(
      'With a GPU: install its Vulkan driver. NVIDIA: the proprietary driver (libnvidia-gl). AMD and Intel: Mesa',
      '(Debian, Ubuntu: mesa-vulkan-drivers; Fedora: mesa-vulkan-drivers; Arch: vulkan-radeon or vulkan-intel).',
    );
    if (!adapter) {
      advice.push(
        'Without a GPU: mesa-vulkan-drivers 23 or newer brings llvmpipe, a software adapter (Debian 12: from bookworm-backports).',
        'The loader is needed too: libvulkan1 (Debian, Ubuntu), vulkan-loader (Fedora), vulkan-icd-loader (Arch).',
      );
    }
    if (env.container || env.KUBERNETES_SERVICE_HOST)
      advice.push('In a container: hand the GPU in (docker run --gpus all, or --device /dev/dri).');
  } else if (platform === 'win32') {
    advice.push('Install the current driver of your GPU; Direct3D 12 comes with Windows.');
  } else if (platform === 'darwin') {
    advice.push('Every Mac with Metal has an adapter; a virtual machine may hide it.');
  }
  return advice;
}
