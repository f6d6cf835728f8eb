import { parentPort, workerData } from 'node:worker_threads';
import { serveFiles } from './serve-files.ts';

// The thread that reads and writes files.
const port = parentPort;
if (port) {
  const answer = serveFiles(workerData, (event) => port.postMessage(event));
  port.on('message', answer);
}
