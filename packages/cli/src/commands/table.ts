import type { CommandName } from '../args.ts';
import { backbones } from './backbones.ts';
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
import { train } from './train.ts';
import { transcribe } from './transcribe.ts';

export const handlers: Readonly<Record<CommandName, Handler>> = {
  backbones,
  demo,
  doctor,
  evaluate,
  export: exportCommand,
  extract,
  inspect,
  listen,
  predict,
  run,
  train,
  transcribe,
};
