import type { Service } from './service.ts';

/**
 * Why Swarm paused an update or rolled it back, without the words that say once more that it did.
 * Source: swarmkit manager/orchestrator/update/updater.go
 */
export function updateReason({ UpdateStatus }: Service): string | undefined {
  const again = /^(?:update|rollback) (?:paused|rolled back) due to /;
  return UpdateStatus?.Message?.replace(again, '');
}
