import { z } from 'zod';

/** How far one service is to be scaled. */
export interface Scale {
  /** A service's name, id, or the beginning of its id. */
  readonly reference: string;
  /** For a replicated job, completions. */
  readonly replicas: number;
}

/** Swarm has no limit, but a slip of the finger fills the managers' log; the largest Swarms seen had 96,000 tasks in all. */
export const mostReplicas = 10_000;
/** Each is followed by calls of its own. */
const mostServices = 20;

/** `web=3 api=2`: reads what `service scale` takes, strictly. A number is written in digits, and nothing is guessed. */
export const scaleArguments = z
  .array(z.string())
  .readonly()
  .transform((words, context): readonly Scale[] => {
    const problem = (message: string) => {
      context.addIssue({ code: 'custom', message });
    };
    if (words.length === 0) problem('service scale needs a service and a number, as in web=3.');
    if (words.length > mostServices) {
      problem(`service scale takes ${mostServices} services at most at a time, not ${words.length}.`);
      return z.NEVER;
    }
    const scales = words.flatMap((word) => {
      const read = readScale(word);
      if (typeof read !== 'string') return [read];
      problem(read);
      return [];
    });
    for (const [reference, twice] of Map.groupBy(scales, (scale) => scale.reference)) {
      if (twice.length > 1) problem(`${reference} is named ${twice.length} times; name each service once.`);
    }
    return scales;
  });

/** @returns a sentence that says what is wrong, when something is. */
function readScale(word: string): Scale | string {
  const at = word.indexOf('=');
  if (at < 0) {
    const name = isReference(word) ? word : 'web';
    return `${quoted(word)} says no number of replicas: write SERVICE=REPLICAS, as in ${name}=3.`;
  }
  const [reference, digits] = [word.slice(0, at), word.slice(at + 1)];
  if (reference === '') return `${quoted(word)} names no service: write SERVICE=REPLICAS, as in web=3.`;
  if (!isReference(reference)) {
    return `${quoted(reference)} can’t be a service: names are letters, digits, - and _, as in web=3.`;
  }
  if (digits === '') return `${quoted(word)} has no number after the =, as in ${reference}=3.`;
  if (!/^[0-9]+$/.test(digits)) {
    return `${quoted(digits)} is no number of replicas for ${reference}: write a whole number from 0 to ${mostReplicas}, as in ${reference}=3.`;
  }
  const replicas = Number(digits);
  if (replicas > mostReplicas) {
    return `${quoted(digits)} replicas of ${reference} are more than Shipmate asks a Swarm for: ${mostReplicas} at most, as in ${reference}=3.`;
  }
  return { reference, replicas };
}

/** Source: swarmkit manager/controlapi/common.go, isValidDNSName and its 63 characters. Ids are of the same letters. */
function isReference(text: string): boolean {
  return text.length <= 63 && /^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/.test(text);
}

function quoted(text: string): string {
  return text.length <= 40 ? `"${text}"` : `"${text.slice(0, 40).toWellFormed()}…"`;
}
