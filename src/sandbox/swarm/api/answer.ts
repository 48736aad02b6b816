import type { ServerResponse } from 'node:http';
import { Refusal } from '../refusal.ts';

/** What a client is answered: a whole body, or one that is written as it comes. */
export type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly text: string }
  | { readonly kind: 'empty'; readonly status: number }
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly text: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'stream';
      readonly contentType: string;
      /** Gives how to stop, for when the client goes; ends the response itself when there is no more. */
      readonly write: (response: ServerResponse) => () => void;
    };

export function json(text: string, status = 200): Answer {
  return { kind: 'json', status, text };
}

export function jsonOf(value: unknown, status = 200): Answer {
  return json(JSON.stringify(value), status);
}

export const done: Answer = { kind: 'empty', status: 200 };
export const noContent: Answer = { kind: 'empty', status: 204 };

/** What somebody asks of one engine. */
export interface Asked {
  readonly method: string;
  /** The parts of the path that its route leaves open, decoded. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  /** As `1.51`. */
  readonly version: string;
  readonly body: string;
}

/** Is it asked for with `1` or `true`? As Go reads it. */
export function isAsked(query: URLSearchParams, key: string): boolean {
  const value = (query.get(key) ?? '').trim().toLowerCase();
  return !['', '0', 'no', 'false', 'none'].includes(value);
}

/** @throws Refusal for what is no version of a service, node, … */
export function versionIn(query: URLSearchParams, kind: string): number {
  const text = query.get('version') ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  throw new Refusal(
    400,
    `invalid ${kind} version '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** Is an API version older than another? `1.9` is older than `1.41`. */
export function isOlder(version: string, than: string): boolean {
  const minor = (text: string) => Number(text.split('.')[1]);
  return minor(version) < minor(than);
}
