import {
  familiarImage,
  type ImageReference,
  parseImageReference,
  qualifiedImage,
  taggedImage,
} from '../swarm/image-reference.ts';
import { matchesWildcard } from '../swarm/wildcard.ts';
import type { Decision, ImageRule } from './policy.ts';

/**
 * May this image be deployed at all? A pattern is matched against the name as docker shows it (`nginx:1`) and in full
 * (`docker.io/library/nginx:1`), whole and without its tag and digest: where there is a digest, a tag alone says nothing of what runs.
 * Without a rule any image may be; an empty list allows none.
 */
export function imageVerdict(
  rule: ImageRule | undefined,
  image: string,
): Pick<Decision, 'allowed' | 'rule' | 'reason'> {
  if (rule === undefined) {
    return { allowed: true, rule: 'images', reason: 'No rule says which images may be deployed.' };
  }
  const reference = parseImageReference(image);
  const names = reference === undefined ? [] : namesOf(reference);
  const at = rule.allow.findIndex((pattern) => names.some((name) => matchesWildcard(pattern, name)));
  if (at >= 0) {
    const path = `images.allow[${at}]`;
    return { allowed: true, rule: path, reason: `${image} is allowed by ${path}.` };
  }
  const allowed = rule.allow.length === 0 ? 'none' : rule.allow.join(', ');
  return {
    allowed: false,
    rule: 'images.allow',
    reason: `The image ${image} may not be deployed: images.allow allows ${allowed}.`,
  };
}

function namesOf(reference: ImageReference): readonly string[] {
  const bare = { ...reference, tag: undefined, digest: undefined };
  return [bare, taggedImage(reference)].flatMap((form) => [familiarImage(form), qualifiedImage(form)]);
}
