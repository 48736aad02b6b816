import { execFile } from 'node:child_process';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { dockerfileStages, type Stage } from './dockerfile.ts';

const run = promisify(execFile);

/**
 * Does what a builder does with the project's Dockerfile, in order, into `root`, and beside it for the stages before the last:
 * RUN with this machine's own shell, where the image's absolute paths are those under the stage's root. What FROM gives has to be
 * there already.
 * @returns the instructions that only describe the image, as `docker import --change` takes them.
 */
export async function runDockerfile(root: string): Promise<readonly string[]> {
  const stages = await dockerfileStages();
  const roots = new Map(stages.map(({ name = '' }) => [name, name === '' ? root : `${root}-${name}`]));
  let changes: readonly string[] = [];
  for (const stage of stages) changes = await runStage(stage, roots);
  return changes;
}

async function runStage(
  { name: stage = '', instructions }: Stage,
  roots: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const changes: string[] = [];
  const root = roots.get(stage) ?? '';
  const included = ignoreRules(await readFile('.dockerignore', 'utf8'));
  let workdir = '/';
  for (const { name, rest } of instructions) {
    switch (name) {
      // Docker 20.10 can't import one; SIGTERM, which it names, is what an engine sends by itself.
      case 'STOPSIGNAL':
        break;
      case 'WORKDIR':
        workdir = rest;
        await mkdir(join(root, workdir), { recursive: true });
        changes.push(`WORKDIR ${rest}`);
        break;
      case 'COPY': {
        const [, from, words] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? [];
        const into = join(root, workdir);
        if (from === undefined) await copy(words?.split(' ') ?? [], into, included);
        else await copyBuilt(words?.split(' ') ?? [], roots.get(from) ?? '', into);
        break;
      }
      case 'RUN': {
        const command = rest.replaceAll(/(?<=\s)\/(?=\w)/g, `${root}/`);
        // A builder has a cache of its own, too: cleaning this machine's would break what else runs npm.
        const env = { ...process.env, npm_config_cache: `${root}-npm-cache` };
        await run('sh', ['-c', command], { cwd: join(root, workdir), env, timeout: 240_000 });
        break;
      }
      default:
        changes.push(`${name} ${rest}`);
    }
  }
  return changes;
}

/** COPY --from: what another stage made, which .dockerignore has no say in. */
async function copyBuilt([source = '', to = '']: readonly string[], from: string, workdir: string) {
  await cp(join(from, source), join(workdir, to), { recursive: true });
}

async function copy(words: readonly string[], workdir: string, included: (path: string) => boolean) {
  const sources = words.slice(0, -1);
  const to = words.at(-1) ?? '';
  for (const source of sources) {
    const target = to.endsWith('/') ? join(workdir, to, source) : join(workdir, to);
    await mkdir(dirname(target), { recursive: true });
    await cp(source, target, { recursive: true, filter: (path) => included(relative('.', path)) });
  }
}

/** The last rule that names a path, or a folder that it is in, decides. Source: docs.docker.com, .dockerignore files */
function ignoreRules(text: string): (path: string) => boolean {
  const rules = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return (path) => {
    const last = rules.findLast((rule) => {
      const named = rule.replace(/^!/, '');
      return named === '*' || path === named || path.startsWith(`${named}/`);
    });
    return last?.startsWith('!') ?? true;
  };
}
