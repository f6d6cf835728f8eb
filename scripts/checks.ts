import { add, check, nothing, type Totals } from './steps.ts';

/** Build, types, lint, import directions, unused code, and whether the packages could be published as they are. */
export async function checks(): Promise<Totals> {
  const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
    ['build', 'turbo', 'run', 'build', '--output-logs=errors-only'],
    ['types', 'turbo', 'run', 'typecheck', '--output-logs=errors-only'],
    ['types of scripts', 'tsc', '-p', '.'],
    ['lint and format (biome)', 'biome', 'check', '--error-on-warnings'],
    ['import directions (dependency-cruiser)', 'depcruise', 'packages', 'examples', 'scripts', '--output-type', 'err-long'],
    ['unused code (knip)', 'knip'],
    ...['core', 'cli', 'server'].map((name) => [`publishable: ${name} (publint)`, 'publint', `packages/${name}`, '--strict'] as const),
  ];
  let totals = nothing;
  for (const [name, command, ...args] of steps) totals = add(totals, await check(name, command, args));
  return totals;
}
