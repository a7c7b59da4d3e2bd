import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The figures of this node in Prometheus' text format. */
export interface Metrics {
  readonly contentType: string;
  /** Counts one answered request; `route` is the pattern, never the path. */
  countRequest(request: { listener: string; method: string; route: string; status: number; seconds: number }): void;
  /** Counts what retention has deleted; `kind` names the rows or files. */
  countDeleted(kind: string, rows: number): void;
  /** Counts a connection that a listener closed by its limits; `reason` is one of a few. */
  countClosed(listener: string, reason: string): void;
  render(): Promise<string>;
}

/** What is read when figures are asked for. */
export interface MetricSources {
  /** Alarms that last, by kind and urgency; one without any is 0. */
  readonly alarms: () => readonly { readonly kind: string; readonly urgency: string; readonly count: number }[];
  /** What this node judges by: a node whose version differs from the others' is behind. */
  readonly datasets: () => readonly {
    readonly name: string;
    readonly version: string | undefined;
    readonly checkedAt: Date | undefined;
  }[];
  readonly listSignerEnds: () => Date | undefined;
}

export function createMetrics({ alarms, datasets, listSignerEnds }: MetricSources): Metrics {
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
    help: 'What an operator should look at, by kind and urgency',
    labelNames: ['kind', 'urgency'],
    registers: [register],
    collect() {
      for (const { kind, urgency, count } of alarms()) this.set({ kind, urgency }, count);
    },
  });
  new Gauge({
    name: 'postern_dataset_info',
    help: 'The version of the trusted lists and of the register that this node judges by; always 1',
    labelNames: ['dataset', 'version'],
    registers: [register],
    collect() {
      this.reset();
      for (const { name, version = 'none' } of datasets()) this.set({ dataset: name, version }, 1);
    },
  });
  new Gauge({
    name: 'postern_dataset_checked_seconds',
    help: 'When the sources of a dataset last gave a good answer, Unix time; 0 where they have not since the start',
    labelNames: ['dataset'],
    registers: [register],
    collect() {
      for (const { name, checkedAt } of datasets()) this.set({ dataset: name }, (checkedAt?.getTime() ?? 0) / 1_000);
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
  const closed = new Counter({
    name: 'postern_connections_closed_total',
    help: 'Connections that were closed by a limit, by reason',
    labelNames: ['listener', 'reason'],
    registers: [register],
  });
  return {
    contentType: register.contentType,
    countRequest: ({ listener, method, route, status, seconds }) => {
      requests.inc({ listener, method, route, status });
      durations.observe({ listener, route }, seconds);
    },
    countDeleted: (kind, rows) => deleted.inc({ kind }, rows),
    countClosed: (listener, reason) => closed.inc({ listener, reason }),
    render: () => register.metrics(),
  };
}
