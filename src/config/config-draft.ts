import type { Path } from './problem.ts';

/** Text in a configuration, and where it stands. */
export interface Placed {
  readonly text: string;
  readonly path: Path;
}

/**
 * What can be made out of a configuration that may be wrong in any way: so that names that lead nowhere are told
 * together with mistakes of form, and not after them.
 */
export interface ConfigDraft {
  /** Keys of the maps. */
  readonly clusters: readonly Placed[];
  readonly channels: readonly Placed[];
  readonly roles: readonly Placed[];
  /** Of each cluster that has a certPath. */
  readonly certPaths: readonly { readonly path: Path; readonly host: string | undefined }[];
  /** What channels, grants and other roles name. */
  readonly clusterNames: readonly Placed[];
  readonly roleNames: readonly Placed[];
  /** By the role that includes them. */
  readonly includes: ReadonlyMap<string, readonly Placed[]>;
  /** What rules name. */
  readonly ruleChannels: readonly Placed[];
  readonly targets: readonly Placed[];
  readonly operations: readonly Placed[];
}

export function draftOf(config: unknown): ConfigDraft {
  const includes = entriesAt(config, ['roles']).map(
    ({ name, value, path }) => [name, textsAt(value, path, 'includes')] as const,
  );
  return {
    clusters: keysAt(config, 'clusters'),
    channels: keysAt(config, 'channels'),
    roles: keysAt(config, 'roles'),
    certPaths: entriesAt(config, ['clusters']).flatMap(({ value, path }) =>
      textsAt(value, path, 'certPath').map((certPath) => ({
        path: certPath.path,
        host: textsAt(value, path, 'host')[0]?.text,
      })),
    ),
    clusterNames: textsIn(config, 'channels', 'cluster'),
    roleNames: [...textsIn(config, 'grants', 'role'), ...includes.flatMap(([, names]) => names)],
    includes: new Map(includes),
    ruleChannels: [...textsIn(config, 'grants', 'in'), ...textsIn(config, 'deny', 'in')],
    targets: [...textsIn(config, 'grants', 'on'), ...textsIn(config, 'deny', 'on')],
    operations: [...textsIn(config, 'roles', 'allow'), ...textsIn(config, 'deny', 'operations')],
  };
}

function keysAt(config: unknown, section: string): readonly Placed[] {
  return entriesAt(config, [section]).map(({ name, path }) => ({ text: name, path }));
}

/** The texts at a key of each entry of a section. */
function textsIn(config: unknown, section: string, key: string): readonly Placed[] {
  return entriesAt(config, [section]).flatMap(({ value, path }) => textsAt(value, path, key));
}

/** The text at a key, or the texts in the list there. */
function textsAt(map: unknown, path: Path, key: string): readonly Placed[] {
  const found = valueAt(map, [key]);
  if (typeof found === 'string') return [{ text: found, path: [...path, key] }];
  if (!Array.isArray(found)) return [];
  return found.flatMap((text: unknown, index) =>
    typeof text === 'string' ? [{ text, path: [...path, key, index] }] : [],
  );
}

interface Entry {
  readonly name: string;
  readonly value: unknown;
  readonly path: Path;
}

/** What stands in the map or list at a path; nothing where there is neither. */
function entriesAt(config: unknown, path: Path): readonly Entry[] {
  const found = valueAt(config, path);
  if (typeof found !== 'object' || found === null) return [];
  return Object.entries(found).map(([name, value]: [string, unknown]) => ({
    name,
    value,
    path: [...path, Array.isArray(found) ? Number(name) : name],
  }));
}

/** What stands at a path, or undefined. */
export function valueAt(config: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, part) => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    return Object.entries(inner).find(([key]) => key === String(part))?.[1];
  }, config);
}
