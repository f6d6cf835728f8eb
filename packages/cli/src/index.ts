#!/usr/bin/env node
import { processIo } from './io.ts';
import { main } from './main.ts';

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort();
  process.stderr.write('\nStopping after the current step; press Ctrl-C again to stop at once.\n');
  process.once('SIGINT', () => process.exit(130));
});
process.once('SIGTERM', () => stop.abort());
// A closed pipe (`headstart … | head`) is the reader's way to say enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// Exits by itself: GPU and WASM runtimes keep threads that would hold the process.
process.exit(await main(process.argv.slice(2), processIo(), stop.signal));
