import { parseTargetPattern } from '../policy/target-pattern.ts';
import { dockerCommands } from '../swarm/docker-commands.ts';
import { nearest } from '../swarm/nearest.ts';
import { matchesWildcard } from '../swarm/wildcard.ts';
import { type ConfigDraft, draftOf, type Placed } from './config-draft.ts';
import { namePattern } from './config-schema.ts';
import { includeCycles } from './include-cycles.ts';
import type { Mistake } from './mistake.ts';
import { operationPatternMistake } from './operation-pattern-mistake.ts';
import { quoted } from './quoted.ts';
import { exampleAt } from './schema-at.ts';
import { channelIdMistake } from './slack-id-mistake.ts';
import { targetPatternMistake } from './target-pattern-mistake.ts';

/** What the rest of the program knows, and a configuration may name. */
export interface Known {
  /** Names of the table of operations. */
  readonly operations: readonly string[];
}

/** Every name in a configuration that leads nowhere, and every key that can't be one. */
export function crossChecks(value: unknown, known: Known): readonly Mistake[] {
  const draft = draftOf(value);
  const operations = [...known.operations, ...dockerCommands];
  const clusters = new Set(draft.clusters.map(({ text }) => text));
  const roles = new Set(draft.roles.map(({ text }) => text));
  const channels = new Set(draft.channels.map(({ text }) => text));
  return [
    ...[...draft.clusters, ...draft.roles].flatMap((key) => keyMistakes(key, nameMistake)),
    ...draft.channels.flatMap((key) => keyMistakes(key, channelIdMistake)),
    ...draft.clusterNames.flatMap((name) => unknownName('cluster', name, clusters)),
    ...draft.roleNames.flatMap((name) => unknownName('role', name, roles)),
    ...draft.ruleChannels.flatMap((channel) => unknownChannel(channel, channels)),
    ...draft.targets.flatMap((target) => unknownCluster(target, clusters)),
    ...draft.operations.flatMap(({ text, path }) =>
      mistakes(path, operationPatternMistake(text, operations)),
    ),
    ...certPathMistakes(draft),
    ...includeCycles(draft),
  ];
}

function keyMistakes(
  { text, path }: Placed,
  check: (text: string) => string | undefined,
): readonly Mistake[] {
  const message = check(text);
  if (message === undefined) return [];
  const example = exampleAt(path.slice(0, -1));
  return [{ path, of: 'key', message, ...(example === undefined ? {} : { example }) }];
}

const name = new RegExp(namePattern);

function nameMistake(text: string): string | undefined {
  if (name.test(text)) return undefined;
  return `${quoted(text)} can't be a name; expected a-z, 0-9, "_" and "-", beginning with a letter or a digit`;
}

type Names = ReadonlySet<string>;

function unknownName(kind: string, { text, path }: Placed, names: Names): readonly Mistake[] {
  if (names.has(text)) return [];
  const near = nearest(text, [...names]);
  if (near === undefined) {
    const expected =
      names.size === 0 ? `none is under ${kind}s` : `expected ${[...names].slice(0, 20).join(', ')}`;
    return mistakes(path, `there is no ${kind} ${quoted(text)}; ${expected}`);
  }
  const message = `there is no ${kind} ${quoted(text)}; did you mean ${quoted(near)}?`;
  const key = path.findLast((part) => typeof part === 'string') ?? '';
  const example = typeof path.at(-1) === 'number' ? `${key}: [ ${near} ]` : `${key}: ${near}`;
  return [{ path, of: 'value', message, example }];
}

function unknownChannel({ text, path }: Placed, channels: Names): readonly Mistake[] {
  // What isn't an id at all is told as that.
  if (channelIdMistake(text) !== undefined || channels.has(text)) return [];
  const near = nearest(text, [...channels]);
  const advice = near === undefined ? 'add it there' : `did you mean ${quoted(near)}?`;
  return mistakes(path, `commands don't work in ${quoted(text)}, which is not under channels; ${advice}`);
}

function unknownCluster({ text, path }: Placed, clusters: Names): readonly Mistake[] {
  if (targetPatternMistake(text) !== undefined) return [];
  const pattern = parseTargetPattern(text);
  if (pattern.kind === 'label') return [];
  if ([...clusters].some((cluster) => matchesWildcard(pattern.cluster, cluster))) return [];
  return unknownName('cluster', { text: pattern.cluster, path }, clusters).flatMap(({ message }) =>
    mistakes(path, `${quoted(text)}: ${message}`),
  );
}

function certPathMistakes({ certPaths }: ConfigDraft): readonly Mistake[] {
  return certPaths
    .filter(({ host }) => host !== undefined && /^(?:unix|ssh):/.test(host))
    .flatMap(({ path }) =>
      mistakes(path, 'certPath is for tcp:// alone; unix:// and ssh:// know no TLS', 'key'),
    );
}

function mistakes(
  path: Placed['path'],
  message: string | undefined,
  of: Mistake['of'] = 'value',
): readonly Mistake[] {
  return message === undefined ? [] : [{ path, of, message }];
}
