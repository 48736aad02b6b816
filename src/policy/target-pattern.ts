import type { Target } from '../swarm/target.ts';
import { matchesWildcard } from '../swarm/wildcard.ts';

/**
 * A target pattern of the configuration, `*` being a wildcard in each part:
 * - `*`, `prod/*`: everything in the cluster, and the cluster itself;
 * - `prod`: what touches the cluster as a whole;
 * - `prod/shop_*`: services, and nothing else, so that `prod/n*` doesn't reach `prod/node:…`;
 * - `prod/node:n1`: things of one kind;
 * - `label:tier=front`: services that bear a label, in every cluster.
 */
export type TargetPattern =
  | { readonly kind: 'everything'; readonly cluster: string }
  | { readonly kind: 'cluster'; readonly cluster: string }
  | { readonly kind: 'thing'; readonly cluster: string; readonly of: string; readonly name: string }
  | { readonly kind: 'label'; readonly key: string; readonly value: string };

const onlyWildcards = /^\*+$/;

/** Takes any text apart. What isn't well formed comes to a pattern that no target matches, or is refused by config/. */
export function parseTargetPattern(text: string): TargetPattern {
  if (text.startsWith('label:')) {
    const [key, value] = splitAtFirst(text.slice('label:'.length), '=');
    return { kind: 'label', key, value: value ?? '' };
  }
  if (onlyWildcards.test(text)) return { kind: 'everything', cluster: '*' };
  const [cluster, within] = splitAtFirst(text, '/');
  if (within === undefined) return { kind: 'cluster', cluster };
  if (onlyWildcards.test(within)) return { kind: 'everything', cluster };
  const [of, name] = splitAtFirst(within, ':');
  if (name === undefined) return { kind: 'thing', cluster, of: 'service', name: within };
  return { kind: 'thing', cluster, of, name };
}

/** Is the target among what the pattern stands for? */
export function covers(pattern: TargetPattern, target: Target): boolean {
  switch (pattern.kind) {
    case 'everything':
      return matchesWildcard(pattern.cluster, target.cluster);
    case 'cluster':
      return target.kind === 'cluster' && matchesWildcard(pattern.cluster, target.cluster);
    case 'thing':
      return (
        target.kind !== 'cluster' &&
        target.kind === pattern.of &&
        matchesWildcard(pattern.cluster, target.cluster) &&
        matchesWildcard(pattern.name, target.name)
      );
    case 'label':
      return (
        target.kind === 'service' &&
        Object.entries(target.labels ?? {}).some(
          ([key, value]) => matchesWildcard(pattern.key, key) && matchesWildcard(pattern.value, value),
        )
      );
  }
}

/** Might the target be among what the pattern stands for, for all that is known of it? */
export function mayCover(pattern: TargetPattern, target: Target): boolean {
  const unknown = pattern.kind === 'label' && target.kind === 'service' && target.labels === null;
  return unknown || covers(pattern, target);
}

/** Could anything in this cluster, or the cluster itself, be among what the pattern stands for? */
export function reaches(pattern: TargetPattern, cluster: string): boolean {
  return pattern.kind === 'label' || matchesWildcard(pattern.cluster, cluster);
}

/**
 * Does a deny with this pattern close the whole cluster? There `prod` alone stands for everything in it as well: a deny
 * that is read wrongly must deny too much.
 */
export function closes(pattern: TargetPattern, cluster: string): boolean {
  return (
    (pattern.kind === 'everything' || pattern.kind === 'cluster') && matchesWildcard(pattern.cluster, cluster)
  );
}

function splitAtFirst(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
