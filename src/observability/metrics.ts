import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted, as it happens. Every label takes values that Shipmate itself makes, so there are few. */
export interface Metrics {
  readonly request: (labels: RequestLabels, milliseconds: number) => void;
  /** How many changes are being carried out now. */
  readonly changesRunning: (count: number) => void;
  readonly auditWriteFailed: () => void;
  readonly engineCall: (call: TimedCall & { readonly cluster: string; readonly endpoint: string }) => void;
  readonly slackCall: (call: TimedCall & { readonly method: string }) => void;
  readonly slackConnected: (connected: boolean) => void;
  /** Slack delivered something again that was taken before. */
  readonly repeatedDelivery: (kind: string) => void;
  /** In Prometheus' text format. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

interface RequestLabels {
  readonly operation: string;
  readonly entry: string;
  readonly decision: string;
  readonly outcome: string;
}

interface TimedCall {
  readonly outcome: string;
  readonly milliseconds: number;
}

const callSeconds = [0.005, 0.02, 0.1, 0.5, 2, 10, 30];
const requestSeconds = [0.05, 0.1, 0.3, 1, 3, 10, 30, 120, 600, 3_600];

/** A registry of its own for each call, with the process' own metrics in it. */
export function metrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'shipmate_requests_total',
    help: 'Requests that have ended, as the audit log has them',
    labelNames: ['operation', 'entry', 'decision', 'outcome'],
    registers,
  });
  const requestDuration = new Histogram({
    name: 'shipmate_request_duration_seconds',
    help: 'From the beginning of the audit entry to its end',
    labelNames: ['operation'],
    buckets: requestSeconds,
    registers,
  });
  const running = new Gauge({
    name: 'shipmate_changes_running',
    help: 'Changes that are being carried out or followed',
    registers,
  });
  const auditFailures = new Counter({
    name: 'shipmate_audit_write_failures_total',
    help: 'Audit entries that could not be written; a change is refused then',
    registers,
  });
  const engineCalls = new Histogram({
    name: 'shipmate_engine_call_duration_seconds',
    help: 'Calls to engines, by endpoint and how they ended',
    labelNames: ['cluster', 'endpoint', 'outcome'],
    buckets: callSeconds,
    registers,
  });
  const slackCalls = new Histogram({
    name: 'shipmate_slack_call_duration_seconds',
    help: "Calls of Slack's Web API, each try by itself",
    labelNames: ['method', 'outcome'],
    buckets: callSeconds,
    registers,
  });
  const connected = new Gauge({
    name: 'shipmate_slack_connected',
    help: '1 while the connection to Slack stands',
    registers,
  });
  const repeated = new Counter({
    name: 'shipmate_deliveries_repeated_total',
    help: 'What Slack delivered, or somebody pressed, again; it is done once',
    labelNames: ['kind'],
    registers,
  });

  return {
    request(labels, milliseconds) {
      requests.inc({ ...labels });
      requestDuration.observe({ operation: labels.operation }, milliseconds / 1_000);
    },
    changesRunning: (count) => running.set(count),
    auditWriteFailed: () => auditFailures.inc(),
    engineCall({ cluster, endpoint, outcome, milliseconds }) {
      engineCalls.observe({ cluster, endpoint, outcome }, milliseconds / 1_000);
    },
    slackCall({ method, outcome, milliseconds }) {
      slackCalls.observe({ method, outcome }, milliseconds / 1_000);
    },
    slackConnected: (stands) => connected.set(stands ? 1 : 0),
    repeatedDelivery: (kind) => repeated.inc({ kind }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
