// What is counted for Prometheus. A registry for each server, so that two in one process do not meet.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds: from a small network on a quiet machine to a large image. */
const secondBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export class Metrics {
  readonly registry = new Registry();
  readonly requests: Counter<'method' | 'route' | 'status'>;
  readonly latency: Histogram<'route'>;
  readonly batchSize: Histogram<'kind'>;
  readonly inference: Histogram<'kind'>;
  readonly queueWait: Histogram<'kind'>;
  readonly workerRestarts: Counter;
  readonly refused: Counter<'why'>;

  /** @param state what the gauges show when they are asked for */
  constructor(state: { queued(): number; running(): number; models(): number }) {
    const { registry } = this;
    const registers = [registry];
    collectDefaultMetrics({ register: registry });
    this.requests = new Counter({
      name: 'deepfield_requests_total',
      help: 'Requests by route and status',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.latency = new Histogram({
      name: 'deepfield_request_seconds',
      help: 'Seconds from the first byte of a request to the last of its answer',
      labelNames: ['route'],
      buckets: secondBuckets,
      registers,
    });
    this.batchSize = new Histogram({
      name: 'deepfield_batch_requests',
      help: 'Requests that ran together',
      labelNames: ['kind'],
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    });
    this.inference = new Histogram({
      name: 'deepfield_inference_seconds',
      help: 'Seconds of work on a batch or a file in its worker',
      labelNames: ['kind'],
      buckets: secondBuckets,
      registers,
    });
    this.queueWait = new Histogram({
      name: 'deepfield_queue_seconds',
      help: 'Seconds that requests waited for a worker',
      labelNames: ['kind'],
      buckets: secondBuckets,
      registers,
    });
    this.workerRestarts = new Counter({
      name: 'deepfield_worker_restarts_total',
      help: 'Workers that ended and were replaced',
      registers,
    });
    this.refused = new Counter({
      name: 'deepfield_refused_total',
      help: 'Requests that were refused before they were looked at',
      labelNames: ['why'],
      registers,
    });
    const gauge = (name: string, help: string, read: () => number): void => {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    };
    gauge('deepfield_queue_depth', 'Requests that wait for a worker', state.queued);
    gauge('deepfield_workers_busy', 'Workers at work', state.running);
    gauge('deepfield_models', 'Networks that are served, with all their versions', state.models);
  }
}
