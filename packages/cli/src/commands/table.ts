import type { CommandName } from '../args.ts';
import { backbones } from './backbones.ts';
import type { Handler } from './command.ts';
import { doctor } from './doctor.ts';
import { inspect } from './inspect.ts';
import { run } from './run.ts';

export const handlers: Readonly<Partial<Record<CommandName, Handler>>> = {
  backbones,
  doctor,
  inspect,
  run,
};
