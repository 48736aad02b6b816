import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request } from '../dispatch/request.ts';

/** A request, before anybody answers it. */
export type TakenRequest = Omit<Request, 'reply'>;

/** Remembers what was delivered before, durably. */
export interface Deliveries {
  /**
   * @param request what was asked for in it: kept until it is written down, so that a kill doesn't make it go unsaid.
   * @returns false when `id` was claimed before.
   */
  claim(id: string, at: number, request?: TakenRequest): Promise<boolean>;
  /** Nothing was asked for, or whoever asked knows that it came to nothing. */
  forget(requestId: string): Promise<void>;
}

/** Slack waits three seconds for an acknowledgement, and the claim comes before it. Milliseconds. */
const deadline = 2_000;

/**
 * Claims a delivery: whoever gets `new` is the only one to act on it. `unknown` when the database doesn't say in time; then
 * nobody may act.
 */
export async function claimDelivery(
  deliveries: Deliveries,
  id: string,
  at: number,
  request?: TakenRequest,
): Promise<{ readonly claim: 'new' | 'again' } | { readonly claim: 'unknown'; readonly error: unknown }> {
  const late = new AbortController();
  const tooLate = sleep(deadline, undefined, { signal: late.signal }).then(() => {
    throw new Error(`the claim of a delivery took longer than ${String(deadline)} ms`);
  });
  try {
    const isNew = await Promise.race([deliveries.claim(id, at, request), tooLate]);
    return { claim: isNew ? 'new' : 'again' };
  } catch (error) {
    return { claim: 'unknown', error };
  } finally {
    late.abort();
    await tooLate.catch(() => undefined);
  }
}

/** Names a delivery: by Slack's id for it, which is the same when it is delivered again, or else by its content. */
export function deliveryId(kind: string, given: string | undefined, body: unknown): string {
  return `${kind}:${given ?? createHash('sha256').update(JSON.stringify(body)).digest('hex')}`;
}
