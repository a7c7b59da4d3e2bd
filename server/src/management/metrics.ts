import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The figures of this node in Prometheus' text format. */
export interface Metrics {
  readonly contentType: string;
  /** Counts one answered request; `route` is the pattern, never the path. */
  countRequest(request: { listener: string; method: string; route: string; status: number; seconds: number }): void;
  /** Counts what retention has deleted; `kind` names the rows or files. */
  countDeleted(kind: string, rows: number): void;
  render(): Promise<string>;
}

/** What is read when figures are asked for. */
export interface MetricSources {
  /** Alarms that last, by kind; a kind without any is 0. */
  readonly alarms: () => ReadonlyMap<string, number>;
  readonly listSignerEnds: () => Date | undefined;
}

export function createMetrics({ alarms, listSignerEnds }: MetricSources): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Counter({
    name: 'postern_requests_total',
    help: 'Answered requests',
    labelNames: ['listener', 'method', 'route', 'status'],
    registers: [register],
  });
  const durations = new Histogram({
    name: 'postern_request_seconds',
    help: 'Time from the head of a request to the end of its answer',
    labelNames: ['listener', 'route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [register],
  });
  new Gauge({
    name: 'postern_alarms',
    help: 'What an operator should look at, by kind',
    labelNames: ['kind'],
    registers: [register],
    collect() {
      for (const [kind, count] of alarms()) this.set({ kind }, count);
    },
  });
  new Gauge({
    name: 'postern_list_of_lists_signer_end_seconds',
    help: 'End of the certificate that signs the list of lists, Unix time; 0 where it is not known',
    registers: [register],
    collect() {
      this.set((listSignerEnds()?.getTime() ?? 0) / 1_000);
    },
  });
  const deleted = new Counter({
    name: 'postern_retention_deleted_total',
    help: 'Rows and files that retention has deleted',
    labelNames: ['kind'],
    registers: [register],
  });
  return {
    contentType: register.contentType,
    countRequest: ({ listener, method, route, status, seconds }) => {
      requests.inc({ listener, method, route, status });
      durations.observe({ listener, route }, seconds);
    },
    countDeleted: (kind, rows) => deleted.inc({ kind }, rows),
    render: () => register.metrics(),
  };
}
