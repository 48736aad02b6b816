import { engineHost, engineState, initSwarm, type DockerVariables } from './engine-state.ts';

/** How the sandbox talks to whoever started it. */
export interface Teller {
  readonly say: (line: string) => void;
  /** A yes-or-no question; null when nobody is there to answer. */
  readonly ask: ((question: string) => Promise<boolean>) | null;
}

/**
 * Looks whether there is a Swarm manager at `DOCKER_HOST`, and offers to make one of an engine that is in no Swarm.
 * @returns whether the bot can be started with it, though not everything may work.
 */
export async function readyEngine(env: DockerVariables, { say, ask }: Teller): Promise<boolean> {
  const host = engineHost(env);
  const other =
    'name a Swarm manager with --engine or DOCKER_HOST (unix://, tcp:// or ssh://), and start again.';
  const state = await engineState(env);
  switch (state.kind) {
    case 'manager':
    case 'unknown':
      return true;
    case 'worker':
      say(`The engine at ${host} is no manager of its Swarm: ${other}`);
      return true;
    case 'unreachable':
      say(`There is no Docker engine at ${host} (${state.reason}): start one, or ${other}`);
      return false;
    case 'no swarm': {
      const isWanted = await ask?.(`The engine at ${host} is in no Swarm. Run "docker swarm init" there?`);
      if (isWanted === true) return init(env, say);
      say(`The engine at ${host} is in no Swarm: run "docker swarm init" there, or ${other}`);
      return true;
    }
  }
}

async function init(env: DockerVariables, say: Teller['say']): Promise<boolean> {
  const host = engineHost(env);
  try {
    await initSwarm(env);
  } catch (error) {
    say(`"docker swarm init" failed at ${host}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
  say(`The engine at ${host} is a Swarm of one node now; "docker swarm leave --force" undoes that.`);
  return true;
}
