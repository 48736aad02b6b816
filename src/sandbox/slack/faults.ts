import type { Json } from './json.ts';

/** What a call of the Web API meets on a bad day, in place of or before its answer. */
export type Fault =
  | { readonly kind: 'rate limit'; readonly retryAfter: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'held'; readonly until: Promise<void> }
  | { readonly kind: 'lost' };

/** Which calls of a method a fault strikes. */
interface HowOften {
  /** How often; until it is cleared when absent. */
  readonly times?: number;
  /** Only calls with these arguments: `{ channel: 'C0DEPLOYS' }`. */
  readonly only?: Readonly<Record<string, string>>;
}

/** Calls that wait. */
export interface Hold {
  /** Resolves when the first call waits. */
  readonly reached: Promise<void>;
  /** Lets them go on, to whatever faults there are by then. */
  release(): void;
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
  /** Keeps calls waiting, carried out by nobody; an app that hangs up meanwhile has called in vain. */
  hold(method: string, options?: HowOften): Hold;
  /** Ends all of it, and lets what is held go on. */
  clear(): void;
}

export interface FaultTable extends MethodFaults {
  /** The faults that strike this call, in the order they were set up. */
  strike(method: string, args: Json): readonly Fault[];
}

interface Planned {
  readonly method: string;
  readonly fault: Fault;
  readonly only: Readonly<Record<string, string>>;
  readonly struck: () => void;
  readonly cleared: () => void;
  left: number;
}

export function createFaultTable(): FaultTable {
  let planned: Planned[] = [];
  const plan = (
    method: string,
    fault: Fault,
    { times = Infinity, only = {} }: HowOften,
    { struck = () => {}, cleared = () => {} }: Partial<Pick<Planned, 'struck' | 'cleared'>> = {},
  ) => {
    planned.push({ method, fault, only, struck, cleared, left: times });
  };
  return {
    rateLimit: (method, { retryAfter, ...often }) => plan(method, { kind: 'rate limit', retryAfter }, often),
    fail: (method, { status, ...often }) => plan(method, { kind: 'status', status }, often),
    refuse: (method, { error, ...often }) => plan(method, { kind: 'error', error }, often),
    slow: (method, { ms, ...often }) => plan(method, { kind: 'slow', ms }, often),
    lose: (method, often = {}) => plan(method, { kind: 'lost' }, often),
    hold(method, often = {}) {
      const { promise: reached, resolve: struck } = Promise.withResolvers<void>();
      const { promise: until, resolve: cleared } = Promise.withResolvers<void>();
      const fault: Fault = { kind: 'held', until };
      plan(method, fault, often, { struck, cleared });
      return {
        reached,
        release() {
          planned = planned.filter((each) => each.fault !== fault);
          cleared();
        },
      };
    },
    clear() {
      const ended = planned;
      planned = [];
      for (const { cleared } of ended) cleared();
    },
    strike(method, args) {
      const meant = planned.filter(
        (fault) =>
          (fault.method === method || fault.method === '*') &&
          Object.entries(fault.only).every(([name, value]) => args[name] === value),
      );
      // The others strike a held call when it goes on.
      const holds = meant.filter(({ fault }) => fault.kind === 'held');
      const struck = holds.length > 0 ? holds : meant;
      for (const fault of struck) {
        fault.left -= 1;
        fault.struck();
      }
      planned = planned.filter(({ left }) => left > 0);
      return struck.map(({ fault }) => fault);
    },
  };
}
