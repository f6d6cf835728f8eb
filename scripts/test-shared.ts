// `npm run test:shared`: the suites that measure against the models and datasets of ../shared. Arguments go to Vitest.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { closingLine, nothing, root, vitest } from './steps.ts';

const folder = join(root, '..', 'shared');
const present = existsSync(folder);
if (!present) console.error(`${folder} is absent: these suites need the models and datasets beside the checkout. Nothing ran.`);
const totals = present ? await vitest(['--project', 'shared', ...process.argv.slice(2)]) : nothing;
console.log(`\n${closingLine(totals)}`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
