import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { serveEngine } from './serve-engine.ts';

// The thread that owns the engine.
const port = parentPort;
if (port) {
  // Linux gives each thread a priority of its own: the one that reads keys goes first. Threads that the engine starts follow this one.
  if (process.platform === 'linux') setPriority(10);
  const answer = serveEngine(workerData, (event) => port.postMessage(event));
  port.on('message', answer);
}
