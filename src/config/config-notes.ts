import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { matchesWildcard } from '../swarm/wildcard.ts';
import type { Config } from './config-schema.ts';
import type { Known } from './cross-checks.ts';
import { formatPath, type Path } from './problem.ts';
import { quoted } from './quoted.ts';

/** What is worth a second look in a configuration that is right: each as `path: …`, without a full stop. */
export async function configNotes(config: Config, known: Known): Promise<readonly string[]> {
  return [...(await certificateNotes(config)), ...operationNotes(config, known)];
}

const certificates = ['ca.pem', 'cert.pem', 'key.pem'];

/** No mistakes: a configuration may be checked on another machine than the one where it is used. */
async function certificateNotes({ clusters }: Config): Promise<readonly string[]> {
  const notes = Object.entries(clusters).map(async ([name, { certPath }]) => {
    if (certPath === undefined) return [];
    const there = await Promise.all(certificates.map((file) => isThere(join(certPath, file))));
    const missing = certificates.filter((_, at) => !there[at]);
    if (missing.length === 0) return [];
    const path = formatPath(['clusters', name, 'certPath']);
    return [
      `${path}: here, ${quoted(certPath)} is without ${missing.join(', ')}, which Shipmate needs where it runs`,
    ];
  });
  return (await Promise.all(notes)).flat();
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A configuration may be ahead of a version; what it allows then comes with an upgrade. */
function operationNotes({ roles, deny }: Config, known: Known): readonly string[] {
  return [
    ...Object.entries(roles).flatMap(([name, { allow }]) =>
      unmatched(allow, ['roles', name, 'allow'], known),
    ),
    ...deny.flatMap(({ operations }, at) => unmatched(operations, ['deny', at, 'operations'], known)),
  ];
}

function unmatched(patterns: readonly string[], path: Path, { operations }: Known): readonly string[] {
  return patterns.flatMap((pattern, at) =>
    operations.some((name) => matchesWildcard(pattern, name))
      ? []
      : [`${formatPath([...path, at])}: no operation of this version matches ${quoted(pattern)}`],
  );
}
