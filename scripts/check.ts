// `npm run check`: the checks of `npm test` without the tests.
import { checks } from './checks.ts';
import { closingLine } from './steps.ts';

const totals = await checks();
console.log(`\n${closingLine(totals)}`);
process.exitCode = totals.failed === 0 ? 0 : 1;
