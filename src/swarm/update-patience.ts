import { replicasOf } from './replicas.ts';
import type { ServiceSpec } from './service.ts';

/** No rollout is followed for longer than this, whatever its settings. Milliseconds. */
const most = 55 * 60_000;

/**
 * The milliseconds that an update's own settings make it take, were every task there at once: batch after batch, each
 * delayed and watched. A global service is taken for ten tasks.
 */
export function updatePatience(spec: ServiceSpec, isRollback: boolean): number {
  const config = isRollback ? spec.RollbackConfig : spec.UpdateConfig;
  const { Parallelism, Delay, Monitor } = config ?? {};
  const tasks = replicasOf(spec) ?? 10;
  const atOnce = (Parallelism ?? 1) || tasks || 1;
  const each = ((Delay ?? 0) + (Monitor ?? 5e9)) / 1e6;
  return Math.min(most, Math.ceil(tasks / atOnce) * each);
}
