import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Lab } from './swarm-lab.ts';

const run = promisify(execFile);

/** Puts programs of this machine into a root of an image, with the libraries they need, and busybox as its shell. */
export async function addPrograms(root: string, programs: readonly string[]): Promise<void> {
  const { stdout: busybox } = await run('sh', ['-c', 'command -v busybox']);
  await mkdir(join(root, 'bin'), { recursive: true });
  await mkdir(join(root, 'tmp'), { recursive: true });
  await cp(busybox.trim(), join(root, 'bin/busybox'), { dereference: true });
  await symlink('busybox', join(root, 'bin/sh'));
  for (const program of programs) {
    await cp(program, join(root, 'bin', basename(program)), { dereference: true });
    const { stdout } = await run('ldd', [program]);
    for (const [library] of stdout.matchAll(/\/\S+/g)) {
      await mkdir(dirname(join(root, library)), { recursive: true });
      await cp(library, join(root, library), { dereference: true });
    }
  }
}

/** Makes an image of a root and pushes it to the lab's registry. @returns its reference. */
export async function importImage(
  lab: Lab,
  root: string,
  name: string,
  changes: readonly string[],
): Promise<string> {
  const reference = `${lab.net}.1:5000/${name}`;
  const archive = `${root}.tar`;
  const entries = await readdir(root);
  await run('tar', ['--create', '--file', archive, '--directory', root, ...entries]);
  const options = changes.flatMap((change) => ['--change', change]);
  await lab.docker('import', ...options, archive, reference);
  await lab.docker('push', '--quiet', reference);
  return reference;
}
