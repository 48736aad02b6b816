/** What a call of the Web API meets on a bad day, in place of or before its answer. */
type Fault =
  | { readonly kind: 'rate limit'; readonly retryAfter: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'lost' };

/** How often a fault strikes; until it is cleared when absent. */
interface HowOften {
  readonly times?: number;
}

/** `method` is a Web API method, `response_url`, `upload`, or `*` for all of them. */
export interface MethodFaults {
  /** 429 with `Retry-After`, in seconds. */
  rateLimit(method: string, options: { readonly retryAfter: number } & HowOften): void;
  /** An HTTP status, with a body that isn't JSON. */
  fail(method: string, options: { readonly status: number } & HowOften): void;
  /** One of Slack's error codes: `edit_window_closed`, `fatal_error`. */
  refuse(method: string, options: { readonly error: string } & HowOften): void;
  /** Answers only after so many milliseconds. */
  slow(method: string, options: { readonly ms: number } & HowOften): void;
  /** Carries the call out and cuts the connection in place of an answer. */
  lose(method: string, options?: HowOften): void;
  clear(): void;
}

export interface FaultTable extends MethodFaults {
  /** The faults that strike this call, in the order they were set up. */
  strike(method: string): readonly Fault[];
}

export function createFaultTable(): FaultTable {
  let planned: { readonly method: string; readonly fault: Fault; left: number }[] = [];
  const plan = (method: string, fault: Fault, { times = Infinity }: HowOften) => {
    planned.push({ method, fault, left: times });
  };
  return {
    rateLimit: (method, { retryAfter, ...often }) => plan(method, { kind: 'rate limit', retryAfter }, often),
    fail: (method, { status, ...often }) => plan(method, { kind: 'status', status }, often),
    refuse: (method, { error, ...often }) => plan(method, { kind: 'error', error }, often),
    slow: (method, { ms, ...often }) => plan(method, { kind: 'slow', ms }, often),
    lose: (method, often = {}) => plan(method, { kind: 'lost' }, often),
    clear() {
      planned = [];
    },
    strike(method) {
      const struck = planned.filter((fault) => fault.method === method || fault.method === '*');
      for (const fault of struck) fault.left -= 1;
      planned = planned.filter(({ left }) => left > 0);
      return struck.map(({ fault }) => fault);
    },
  };
}
