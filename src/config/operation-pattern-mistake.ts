import { nearest } from '../swarm/nearest.ts';
import { matchesWildcard } from '../swarm/wildcard.ts';
import { quoted } from './quoted.ts';

/** What is wrong with an operation pattern that matches none of the known names, or undefined. */
export function operationPatternMistake(found: string, known: readonly string[]): string | undefined {
  if (known.some((name) => matchesWildcard(found, name))) return undefined;
  const meant = nearestOperation(found, known);
  return meant === undefined
    ? `no operation is called ${quoted(found)}; expected a name such as service.scale, with * as a wildcard`
    : `no operation is called ${quoted(found)}; did you mean ${quoted(meant)}?`;
}

function nearestOperation(found: string, known: readonly string[]): string | undefined {
  // As it is typed after /swarm: `service scale`, or in its short form: `scale`.
  const dotted = found
    .trim()
    .toLowerCase()
    .replaceAll(/[\s:/]+/g, '.');
  if (known.some((name) => matchesWildcard(dotted, name))) return dotted;
  const longer = known.find((name) => name.endsWith(`.${dotted}`));
  if (longer !== undefined) return longer;
  const dot = dotted.indexOf('.');
  const family = dotted.slice(0, Math.max(dot, 0));
  const inFamily = known.filter((name) => name.startsWith(`${family}.`));
  const command = nearest(
    dotted.slice(dot + 1),
    inFamily.map((name) => name.slice(family.length + 1)),
  );
  return command === undefined ? nearest(dotted, known) : `${family}.${command}`;
}
