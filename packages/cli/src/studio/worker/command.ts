import { parentPort, workerData } from 'node:worker_threads';
import { serveCommand } from './serve-command.ts';

// The thread that a command runs in while its live view is on the terminal.
const port = parentPort;
if (port) await serveCommand(workerData, (event) => port.postMessage(event));
