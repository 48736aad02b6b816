/** What a probe of readiness answers. */
export interface Readiness {
  readonly ready: boolean;
  readonly slack: boolean;
  readonly database: boolean;
  /** By the cluster's name. */
  readonly clusters: Readonly<Record<string, boolean>>;
}

export interface ReadinessSources {
  readonly slackConnected: () => boolean;
  /** Resolves when something was written durably. */
  readonly writeDatabase: () => Promise<unknown>;
  readonly clusters: () => readonly string[];
  /** Resolves when the engine of a cluster answers. */
  readonly askEngine: (cluster: string, signal: AbortSignal) => Promise<unknown>;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Milliseconds. */
const limits = { deadline: 3_000, keep: 10_000 };

/**
 * Whether Shipmate could serve a command now: Slack's connection stands, the database can be written, and at least one engine
 * answers. Checks run side by side, each within three seconds, and their results serve for ten, so that probing often
 * costs engines nothing.
 */
export function readiness(sources: ReadinessSources): () => Promise<Readiness> {
  const checks = new Map<string, { readonly at: number; readonly result: Promise<boolean> }>();

  function recent(name: string, run: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
    const last = checks.get(name);
    if (last !== undefined && sources.now() - last.at < limits.keep) return last.result;
    const result = succeeds(run);
    checks.set(name, { at: sources.now(), result });
    return result;
  }

  return async () => {
    const names = sources.clusters();
    const [database, ...engines] = await Promise.all([
      recent('database', sources.writeDatabase),
      ...names.map((name) => recent(`cluster ${name}`, (signal) => sources.askEngine(name, signal))),
    ]);
    const slack = sources.slackConnected();
    const clusters = Object.fromEntries(names.map((name, index) => [name, engines[index] === true]));
    const reachable = names.length === 0 || engines.includes(true);
    return { ready: slack && database && reachable, slack, database, clusters };
  };
}

async function succeeds(run: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
  const signal = AbortSignal.timeout(limits.deadline);
  const late = new Promise<false>((resolve) => {
    signal.addEventListener('abort', () => resolve(false), { once: true });
  });
  const done = run(signal).then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]);
}
