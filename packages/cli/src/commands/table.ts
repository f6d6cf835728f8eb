import type { CommandName } from '../args.ts';
import { backbones } from './backbones.ts';
import type { Handler } from './command.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './evaluate.ts';
import { exportCommand } from './export.ts';
import { extract } from './extract.ts';
import { inspect } from './inspect.ts';
import { predict } from './predict.ts';
import { run } from './run.ts';
import { studio } from './studio.ts';
import { train } from './train.ts';

export const handlers: Readonly<Record<CommandName, Handler>> = {
  backbones,
  demo,
  doctor,
  evaluate,
  export: exportCommand,
  extract,
  inspect,
  predict,
  run,
  studio,
  train,
};
