import { setTimeout as delay } from 'node:timers/promises';
import type { Acknowledgement, Delivery, EnvelopeType, Retry } from './happenings.ts';
import type { Json } from './json.ts';
import type { State } from './state.ts';
import type { Transport } from './transport.ts';

export interface DeliverySettings {
  /** How long the app may take to acknowledge; Slack gives three seconds. */
  readonly acknowledgeWithinMs: number;
  /** When an event is delivered again, in milliseconds after the try before: Slack's are 0, a minute, five minutes. */
  readonly redeliverAfterMs: readonly number[];
}

export interface Courier {
  /** Hands over a command or an interaction, once. */
  hand(type: EnvelopeType, payload: Json): Promise<Delivery>;
  /** Hands over an event, again and again until it is acknowledged or Slack would give up. */
  announce(payload: Json): Promise<Delivery>;
  /** Hands over what was handed over before. */
  readonly again: (delivery: Pick<Delivery, 'type' | 'payload'>, retry: Retry) => Promise<Delivery>;
}

interface Parts {
  readonly state: State;
  readonly transport: Transport;
  readonly settings: DeliverySettings;
  readonly signal: AbortSignal;
}

export function createCourier({ state, transport, settings, signal }: Parts): Courier {
  async function once(type: EnvelopeType, payload: Json, retry: Retry | null): Promise<Delivery> {
    const id = state.ids.next('envelope-');
    const at = state.now();
    const acknowledgement = await transport.deliver(
      { id, type, payload, retry },
      settings.acknowledgeWithinMs,
    );
    const delivery = { id, type, payload, retry, acknowledgement, at };
    state.happenings.tell({ kind: 'delivery', delivery });
    return delivery;
  }

  return {
    hand: (type, payload) => once(type, payload, null),
    again: ({ type, payload }, retry) => once(type, payload, retry),
    async announce(payload) {
      let delivery = await once('events_api', payload, null);
      for (const [index, wait] of settings.redeliverAfterMs.entries()) {
        if (delivery.acknowledgement.kind === 'acknowledged' || signal.aborted) break;
        const reason = retryReason(delivery.acknowledgement);
        await delay(wait, undefined, { signal, ref: false }).catch(() => undefined);
        if (!signal.aborted) delivery = await once('events_api', payload, { attempt: index + 1, reason });
      }
      return delivery;
    },
  };
}

function retryReason(acknowledgement: Acknowledgement): string {
  return acknowledgement.kind === 'failed' ? acknowledgement.reason.replace(/ .*/, '') : 'timeout';
}
