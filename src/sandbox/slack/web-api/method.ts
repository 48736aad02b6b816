import { z } from 'zod';
import { pointed, problemsOf } from '../block-kit/problems.ts';
import type { Json } from '../json.ts';
import { parseJson } from '../json.ts';
import { Refusal, refusalOf } from '../refusal.ts';
import type { State } from '../state.ts';

/** What a method may use beside what the workspace knows. */
export interface Surroundings {
  readonly state: State;
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  /** @returns a WebSocket address, good for one connection. @throws Refusal `too_many_websockets`. */
  readonly openConnection: () => string;
}

/** How often it may be called: calls a minute, or `post`: once a second for each channel. */
export type Rate = 20 | 50 | 100 | 'post';

export interface Method {
  /** One of these must have been granted; none needed when empty. */
  readonly scopes: readonly string[];
  readonly token: 'bot' | 'app';
  readonly rate: Rate;
  /** @returns the answer without its `ok`. @throws Refusal */
  call(args: Json, surroundings: Surroundings): Json;
}

interface Definition<Args> extends Pick<Method, 'scopes' | 'rate'> {
  readonly token?: 'app' | 'bot';
  readonly args: z.ZodType<Args>;
  readonly run: (args: Args, surroundings: Surroundings) => Json;
}

export function method<Args>({ scopes, rate, token = 'bot', args, run }: Definition<Args>): Method {
  return {
    scopes,
    token,
    rate,
    call(given, surroundings) {
      const parsed = args.safeParse(given);
      if (parsed.success) return run(parsed.data, surroundings);
      const problems = problemsOf(args, given).map((problem) => pointed(problem, ''));
      throw refusalOf('invalid_arguments', problems);
    },
  };
}

/** Arguments come form-encoded: numbers and booleans as text, and what is nested as JSON text. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((value) => value === true || value === 'true' || value === '1');
export const count = z.union([z.int().min(0), z.string().regex(/^\d+$/).transform(Number)]);

/** JSON text, or what it stands for. @throws Refusal with `code` when it isn't JSON. */
export function nested(code: string): z.ZodType {
  return z.unknown().transform((value) => {
    if (typeof value !== 'string') return value;
    try {
      return parseJson(value);
    } catch (cause) {
      throw new Refusal(code, { cause: String(cause) });
    }
  });
}

/** A page of a list: `cursor` is the place of its first item. */
export function page<T>(
  items: readonly T[],
  { limit = 100, cursor = '' }: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
): { readonly items: readonly T[]; readonly response_metadata: Json } {
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0 || start > items.length) throw new Refusal('invalid_cursor');
  const end = start + Math.min(limit, 1000);
  return {
    items: items.slice(start, end),
    response_metadata: {
      next_cursor: end < items.length ? Buffer.from(String(end)).toString('base64url') : '',
    },
  };
}

export const paging = { limit: count.optional(), cursor: z.string().optional() };
