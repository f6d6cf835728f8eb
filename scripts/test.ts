// `npm test`: every check and every test that needs nothing beyond this repository. Arguments go to Vitest.
import { checks } from './checks.ts';
import { add, closingLine, vitest } from './steps.ts';

const totals = add(await checks(), await vitest(['--project', 'unit', ...process.argv.slice(2)]));
console.log(`\n${closingLine(totals)}`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
