import type { CommandName } from '../args.ts';
import { backbones } from './backbones.ts';
import { bench } from './bench.ts';
import type { Handler } from './command.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './evaluate.ts';
import { exportCommand } from './export.ts';
import { extract } from './extract.ts';
import { inspect } from './inspect.ts';
import { listen } from './listen.ts';
import { predict } from './predict.ts';
import { run } from './run.ts';
import { serve } from './serve.ts';
import { studio } from './studio.ts';
import { train } from './train.ts';
import { transcribe } from './transcribe.ts';
import { worker } from './worker.ts';

export const handlers: Readonly<Record<CommandName, Handler>> = {
  backbones,
  bench,
  demo,
  doctor,
  evaluate,
  export: exportCommand,
  extract,
  inspect,
  listen,
  predict,
  run,
  serve,
  studio,
  train,
  worker,
  transcribe,
};
