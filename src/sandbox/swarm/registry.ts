import { createHash } from 'node:crypto';
import { type ImageReference, parseImage, tagOf } from './image-reference.ts';
import type { Program } from './program.ts';

export interface Image {
  /** `registry.example/shop/web:1.4`, as it is listed. */
  readonly name: string;
  /** Of the manifest: `sha256:…`. */
  readonly digest: string;
  /** Of the configuration, as an engine names the image once it has it. */
  readonly id: string;
  readonly program: Program;
}

/** Where a Swarm's nodes find images. */
export interface Registry {
  /** While it is away, nothing can be looked up or pulled. */
  away: boolean;
  /** @param name with a tag. */
  add(name: string, program: Program): Image;
  /** What a reference means, whether the registry is there or not. */
  find(reference: string): Image | undefined;
  all(): readonly Image[];
}

export function createRegistry(): Registry {
  const byTag = new Map<string, Image>();
  const byDigest = new Map<string, Image>();
  const keyed = (reference: ImageReference, end: string) => `${reference.registry}/${reference.path}${end}`;
  return {
    away: false,
    add(name, program) {
      const reference = parseImage(name);
      if (reference === undefined) throw new Error(`"${name}" is not the name of an image`);
      // The same image in another registry is the same: its digest doesn't tell where it is.
      const digest = sha256(`manifest of ${reference.path}:${tagOf(reference)}`);
      const image = {
        name,
        digest,
        id: sha256(`configuration of ${reference.path}:${reference.tag}`),
        program,
      };
      byTag.set(keyed(reference, `:${tagOf(reference)}`), image);
      byDigest.set(keyed(reference, `@${digest}`), image);
      return image;
    },
    find(text) {
      const reference = parseImage(text);
      if (reference === undefined) return undefined;
      return reference.digest === undefined
        ? byTag.get(keyed(reference, `:${tagOf(reference)}`))
        : byDigest.get(keyed(reference, `@${reference.digest}`));
    },
    all: () => [...byTag.values()],
  };
}

function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Ticks once a second until it is stopped. @param version what it says of itself. */
function tickingProgram(version: string): Program {
  return {
    command: [
      'sh',
      '-c',
      'trap exit TERM; i=0; while :; do echo "tick $((i=i+1)) version $(cat /version)"; sleep 1 & wait $!; done',
    ],
    opening: [],
    ticking: { every: 1000, line: (n) => `tick ${n} version ${version}` },
    // A shell that exits in its trap does so with the status of what the signal ended.
    stop: { takes: 60, code: 143 },
  };
}

const crashing: Program = {
  command: ['sh', '-c', 'echo cannot reach database >&2; exit 1'],
  opening: [{ stream: 'stderr', text: 'cannot reach database' }],
  end: { after: 100, code: 1 },
  stop: { takes: 60, code: 0 },
};

/** `REPOSITORY:1`, `:2` and `:3` tick, `:crash` exits with 1 at once, `:slow` never becomes healthy. */
export function addLabImages(registry: Registry, repository: string): void {
  for (const tag of ['1', '2', '3']) registry.add(`${repository}:${tag}`, tickingProgram(tag));
  registry.add(`${repository}:crash`, crashing);
  registry.add(`${repository}:slow`, {
    ...tickingProgram('slow'),
    health: { after: 2200, healthy: false },
  });
}
