import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus may read. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly runs: Histogram;
  readonly runSamples: Counter;
  readonly refused: Counter;

  constructor(gauges: { readonly queued: () => number; readonly jobs: () => Promise<Readonly<Record<string, number>>> }) {
    const registers = [this.registry];
    this.requests = new Histogram({
      name: 'headstart_http_request_seconds',
      help: 'Time from request to response, by route.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
      registers,
    });
    this.runs = new Histogram({
      name: 'headstart_engine_run_seconds',
      help: 'Time of one run of a backbone for predictions.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    });
    this.runSamples = new Counter({ name: 'headstart_engine_samples_total', help: 'Samples in runs for predictions.', registers });
    this.refused = new Counter({
      name: 'headstart_predictions_refused_total',
      help: 'Predictions refused since the queue was full.',
      registers,
    });
    new Gauge({
      name: 'headstart_prediction_queue_samples',
      help: 'Samples that wait for a run.',
      registers,
      collect() {
        this.set(gauges.queued());
      },
    });
    new Gauge({
      name: 'headstart_jobs',
      help: 'Jobs by status.',
      labelNames: ['status'],
      registers,
      async collect() {
        // One that no job has any more would stay what it was.
        this.reset();
        for (const [status, count] of Object.entries(await gauges.jobs())) this.set({ status }, count);
      },
    });
    collectDefaultMetrics({ register: this.registry });
  }
}
