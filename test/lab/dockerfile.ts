import { readFile } from 'node:fs/promises';
import { z } from 'zod';

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** What follows one FROM. */
export interface Stage {
  /** What `FROM … AS` calls it. */
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** The stages of the project's Dockerfile; the last one is the image. */
export async function dockerfileStages(): Promise<readonly Stage[]> {
  const stages: { readonly name: string | undefined; readonly instructions: Instruction[] }[] = [];
  for (const { name, rest } of instructionsOf(await readFile('Dockerfile', 'utf8'))) {
    if (name === 'FROM') stages.push({ name: / AS (\S+)$/.exec(rest)?.[1], instructions: [] });
    else stages.at(-1)?.instructions.push({ name, rest });
  }
  return stages;
}

/** How the image starts the bot: the arguments of `node`, and what ENV sets. */
export async function imageStart(): Promise<{
  readonly program: readonly string[];
  readonly env: ReadonlyMap<string, string>;
}> {
  const instructions = (await dockerfileStages()).at(-1)?.instructions ?? [];
  const of = (wanted: string) => instructions.find(({ name }) => name === wanted)?.rest ?? '';
  const words = z.tuple([z.literal('node')], z.string()).parse(JSON.parse(of('CMD')));
  const settings = [...of('ENV').matchAll(/(\S+?)=(\S+)/g)];
  return {
    program: words.slice(1),
    env: new Map(settings.map(([, name = '', value = '']) => [name, value])),
  };
}

/** Each on one line, comments left out. */
function instructionsOf(dockerfile: string): readonly Instruction[] {
  return dockerfile
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', ...rest] = line.trim().split(/\s+/);
      return { name, rest: rest.join(' ') };
    });
}
