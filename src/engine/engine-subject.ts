import { maskText } from '../swarm/masking.ts';
import { mask } from '../swarm/secret-value.ts';

/** What a call is about, for the sentences about its failure. */
export interface EngineSubject {
  readonly cluster: string;
  /** The address, as `addressName` gives it. */
  readonly address: string;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** What was sent; it may hold secrets, and sentences may not. */
  readonly secrets: readonly string[];
}

export function engineName(subject: EngineSubject): string {
  return `The engine of ${subject.cluster} (${subject.address})`;
}

/** The one thing that a path names: `/services/web/update` is about the service web. */
export function namedThing(subject: EngineSubject): { kind: string; reference: string } | undefined {
  const named = /^\/(service|node|task)s\/([^/]+)/.exec(subject.path);
  if (named === null) return undefined;
  const [, kind = '', reference = ''] = named;
  return { kind, reference: decodeURIComponent(reference) };
}

/**
 * What an engine said, fit to be quoted: on one line, at most 300 characters, what was sent as a secret or looks like one
 * masked.
 */
export function quoted(subject: EngineSubject, text: string): string {
  let safe = text;
  for (const secret of subject.secrets) safe = safe.replaceAll(secret, mask);
  safe = maskText(safe);
  const line = safe.replaceAll(/\s+/g, ' ').trim();
  return `"${line.length > 300 ? `${line.slice(0, 299)}…` : line}"`;
}
