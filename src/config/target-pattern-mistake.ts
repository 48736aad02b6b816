import { nearest } from '../swarm/nearest.ts';
import { quoted } from './quoted.ts';

const kinds = ['node', 'container'];
const cluster = /^[a-z0-9*][a-z0-9_*-]*$/;
/** What the Engine lets services, nodes and containers be called, and `*`. */
const name = /^[A-Za-z0-9_.*-]+$/;

const forms =
  'expected CLUSTER/SERVICE, CLUSTER/node:NAME, CLUSTER/container:NAME, CLUSTER or label:KEY=VALUE';

/** What is wrong with a target pattern as it is written, or undefined. */
export function targetPatternMistake(found: string): string | undefined {
  if (found.startsWith('label:')) return labelMistake(found);
  const slash = found.indexOf('/');
  const [where, what] = slash < 0 ? [found, undefined] : [found.slice(0, slash), found.slice(slash + 1)];
  if (!cluster.test(where)) {
    return `${quoted(found)} does not begin with the name of a cluster (a-z, 0-9, _ and -); ${forms}`;
  }
  if (what === undefined) return undefined;
  const colon = what.indexOf(':');
  const kind = what.slice(0, Math.max(colon, 0));
  if (colon >= 0 && !kinds.includes(kind)) {
    const near = nearest(kind, kinds);
    const advice =
      near === undefined ? forms : `did you mean ${quoted(`${where}/${near}:${what.slice(colon + 1)}`)}?`;
    return `${quoted(found)}: there is no kind ${quoted(kind)}; ${advice}`;
  }
  if (name.test(what.slice(colon + 1))) return undefined;
  return `${quoted(found)}: a name has letters, digits, ".", "_" and "-" only, with * as a wildcard; ${forms}`;
}

function labelMistake(found: string): string | undefined {
  const equals = found.indexOf('=');
  const key = found.slice('label:'.length, equals < 0 ? undefined : equals);
  if (key === '') return `${quoted(found)} names no label; expected label:KEY=VALUE`;
  if (equals < 0) {
    return `${quoted(found)} says no value; expected label:KEY=VALUE, or ${quoted(`label:${key}=*`)} for any value`;
  }
  return undefined;
}
