import type { Ids } from './ids.ts';
import { Refusal } from './refusal.ts';

const lifetime = 3000;

/** Trigger ids: each lets the app open one view for one user, within three seconds. */
export interface Triggers {
  issue(user: string): string;
  /**
   * @returns the user.
   * @throws Refusal `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
   */
  spend(trigger: string): string;
}

export function createTriggers(now: () => number, ids: Ids): Triggers {
  const issued = new Map<string, { user: string; expiresAt: number; spent: boolean }>();
  return {
    issue(user) {
      const id = `${now()}.${ids.next('')}`;
      issued.set(id, { user, expiresAt: now() + lifetime, spent: false });
      return id;
    },
    spend(id) {
      const trigger = issued.get(id);
      if (trigger === undefined) throw new Refusal('invalid_trigger_id');
      if (trigger.spent) throw new Refusal('exchanged_trigger_id');
      if (now() > trigger.expiresAt) throw new Refusal('expired_trigger_id');
      trigger.spent = true;
      return trigger.user;
    },
  };
}
