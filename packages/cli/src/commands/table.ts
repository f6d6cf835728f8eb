import type { CommandName } from '../args.ts';
import type { Handler } from './command.ts';

/** What each command does, loaded when it is called: none waits for the libraries of the others. */
export const handlers: Readonly<Record<CommandName, () => Promise<Handler>>> = {
  backbones: async () => (await import('./backbones.ts')).backbones,
  bench: async () => (await import('./bench.ts')).bench,
  demo: async () => (await import('./demo.ts')).demo,
  doctor: async () => (await import('./doctor.ts')).doctor,
  evaluate: async () => (await import('./evaluate.ts')).evaluate,
  export: async () => (await import('./export.ts')).exportCommand,
  extract: async () => (await import('./extract.ts')).extract,
  inspect: async () => (await import('./inspect.ts')).inspect,
  listen: async () => (await import('./listen.ts')).listen,
  predict: async () => (await import('./predict.ts')).predict,
  run: async () => (await import('./run.ts')).run,
  serve: async () => (await import('./serve.ts')).serve,
  studio: async () => (await import('./studio.ts')).studio,
  train: async () => (await import('./train.ts')).train,
  transcribe: async () => (await import('./transcribe.ts')).transcribe,
  worker: async () => (await import('./worker.ts')).worker,
};
