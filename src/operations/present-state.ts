import { EngineFailure } from '../engine/engine.ts';
import { shortImage } from '../swarm/short-image.ts';
import type { Answer, Part } from './answer.ts';
import type { ReadTools } from './operation.ts';
import { presentProgress } from './present-progress.ts';
import { tasksButton } from './tasks-button.ts';

type Look = Pick<ReadTools, 'engine' | 'signal' | 'now'>;

/**
 * How what a change touched is now, for a change that nobody followed to its end.
 * @param targets names as `targetName` gives them, of the engine's cluster: `prod/web`, `prod/node:node1`.
 */
export async function presentState(targets: readonly string[], tools: Look): Promise<Answer> {
  const { cluster } = tools.engine;
  const names = targets
    .filter((target) => target.startsWith(`${cluster}/`))
    .map((target) => target.slice(cluster.length + 1));
  const states: Part[] = [];
  for (const name of names) {
    states.push({
      kind: 'text',
      text: ['Now: ', { strong: shownName(name) }, ' ', await stateOf(name, tools)],
    });
  }
  const services = names.filter((name) => !name.startsWith(nodePrefix));
  return [
    ...states,
    { kind: 'note', text: ['Read at ', { time: tools.now() }] },
    { kind: 'buttons', buttons: services.map((name) => tasksButton(cluster, name)) },
  ];
}

const nodePrefix = 'node:';

function shownName(name: string): string {
  return name.startsWith(nodePrefix) ? name.slice(nodePrefix.length) : name;
}

/** What follows a name: `has 2 of 3 running, 1 starting, image app:2.` */
async function stateOf(name: string, tools: Look): Promise<string> {
  try {
    return await (name.startsWith(nodePrefix)
      ? nodeState(name.slice(nodePrefix.length), tools)
      : serviceState(name, tools));
  } catch (error) {
    tools.signal.throwIfAborted();
    if (!(error instanceof EngineFailure)) throw error;
    return error.reason === 'not-found' ? 'is not there.' : `could not be read: ${error.message}`;
  }
}

async function serviceState(name: string, tools: Look): Promise<string> {
  const service = await tools.engine.service(name, { signal: tools.signal });
  const image = service.Spec.TaskTemplate.ContainerSpec?.Image;
  const { State, Message } = service.UpdateStatus ?? {};
  return [
    `has ${await presentProgress(service, tools)}`,
    ...(typeof image === 'string' ? [`image ${shortImage(image)}`] : []),
    ...(State ? [`update status ${State}${Message ? ` (${Message})` : ''}`] : []),
  ]
    .join(', ')
    .concat('.');
}

async function nodeState(name: string, { engine, signal }: Look): Promise<string> {
  const node = await engine.node(name, { signal });
  return `is ${node.Status.State}, its availability ${node.Spec.Availability}.`;
}
