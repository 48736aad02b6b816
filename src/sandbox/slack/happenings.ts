import type { Message } from './messages.ts';
import type { OpenView } from './views.ts';

/** One call of the Web API or of a response_url (`method` is then `response_url`). */
export interface Call {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** HTTP status, and the answer's body. */
  readonly status: number;
  readonly answer: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type Acknowledgement =
  | { readonly kind: 'acknowledged'; readonly payload: unknown }
  | { readonly kind: 'timed out' }
  | { readonly kind: 'failed'; readonly reason: string };

/** One payload that was handed to the app, and what came of it. */
export interface Delivery {
  readonly id: string;
  readonly type: EnvelopeType;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly retry: Retry | null;
  readonly acknowledgement: Acknowledgement;
  /** When it was handed over; milliseconds since 1970. */
  readonly at: number;
}

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

export interface Retry {
  readonly attempt: number;
  readonly reason: string;
}

export type Happening =
  | { readonly kind: 'message'; readonly change: 'posted' | 'edited' | 'deleted'; readonly message: Message }
  | { readonly kind: 'view'; readonly change: 'opened' | 'updated' | 'closed'; readonly view: OpenView }
  /** Somebody or something was added or changed. */
  | { readonly kind: 'directory' }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'connection'; readonly open: number };

/** Tells whoever listens what goes on in the workspace. */
export interface Happenings {
  tell(happening: Happening): void;
  /** @returns how to stop listening. */
  on(listener: (happening: Happening) => void): () => void;
}

export function createHappenings(): Happenings {
  const listeners = new Set<(happening: Happening) => void>();
  return {
    tell(happening) {
      for (const listener of listeners) listener(happening);
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
