import { parentPort, workerData } from 'node:worker_threads';
import { serveEngine } from './serve-engine.ts';

// The thread that owns the engine.
const port = parentPort;
if (port) {
  const answer = serveEngine(workerData, (event) => port.postMessage(event));
  port.on('message', answer);
}
