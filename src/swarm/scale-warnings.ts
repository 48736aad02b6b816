import { isDeepStrictEqual } from 'node:util';
import { eligibleNodes } from './eligible-nodes.ts';
import { waitingTasks } from './failures-seen.ts';
import type { Node } from './node.ts';
import { replicasOf } from './replicas.ts';
import { serviceMode } from './service-mode.ts';
import type { Service } from './service.ts';
import { shortImage } from './short-image.ts';
import type { Task } from './task.ts';

/**
 * What scaling a service brings with it that its number doesn't say, each as whole sentences.
 * Source: swarmkit manager/controlapi/service.go, UpdateService: any update clears UpdateStatus, and with it a pause, and
 * overwrites PreviousSpec. Seen on 20.10 and 28.5.
 */
export function scaleWarnings(
  service: Service,
  replicas: number,
  tasks: readonly Task[],
  nodes: readonly Node[],
): readonly string[] {
  return [
    ...lastingScaleWarnings(service),
    ...waitingWarning(service, replicas, tasks),
    ...(serviceMode(service.Spec) === 'replicated job'
      ? [`${service.Spec.Name} is a job: any change runs it again, all of its completions.`]
      : []),
    ...(replicas === 0 ? [`With 0 replicas nothing of ${service.Spec.Name} runs.`] : []),
    ...placementWarning(service, replicas, nodes),
  ];
}

/** Those of them that are still worth saying when it is done. */
export function lastingScaleWarnings(service: Service): readonly string[] {
  return [...pausedWarning(service), ...updateWarning(service)];
}

/** Said of what is about to be done as well as of what was done. */
export function pausedWarning({ Spec, UpdateStatus }: Service): readonly string[] {
  if (UpdateStatus?.State !== 'paused') return [];
  const { Name: name } = Spec;
  return [
    `The update of ${name} to ${imageOf(Spec)} was paused, and a scale resumes it: Swarm goes on to replace the tasks ` +
      'that it had not come to.',
  ];
}

function updateWarning({ Spec, PreviousSpec, UpdateStatus }: Service): readonly string[] {
  const { Name: name } = Spec;
  const resumed = resumedWarning(name, UpdateStatus?.State ?? '', imageOf(Spec));
  if (!PreviousSpec || isDeepStrictEqual(PreviousSpec.TaskTemplate, Spec.TaskTemplate)) return resumed;
  const [image, previous] = [imageOf(Spec), imageOf(PreviousSpec)];
  const lost = image === previous ? 'the spec before' : previous;
  return [
    ...resumed,
    `After it, a rollback of ${name} undoes the scale, and no longer leads back to ${lost}.`,
  ];
}

function resumedWarning(name: string, state: string, image: string): readonly string[] {
  switch (state) {
    case 'updating':
      return [`An update of ${name} to ${image} was under way, and a scale starts what is left of it anew.`];
    case 'rollback_started':
    case 'rollback_paused':
      return [
        `A rollback of ${name} was not complete, and a scale starts what is left of it anew, as an update.`,
      ];
    default:
      return [];
  }
}

function imageOf({ TaskTemplate }: Service['Spec']): string {
  return shortImage(TaskTemplate.ContainerSpec?.Image ?? '');
}

/** Tasks without a node are the first that a scale-down removes. Source: https://github.com/moby/moby/issues/53722. */
function waitingWarning({ Spec }: Service, replicas: number, tasks: readonly Task[]): readonly string[] {
  const waiting = serviceMode(Spec) === 'replicated' ? waitingTasks(tasks).length : 0;
  const placed = (replicasOf(Spec) ?? 0) - waiting;
  if (waiting === 0 || replicas <= placed) return [];
  const what = waiting === 1 ? '1 task' : `${waiting} tasks`;
  return [
    `${what} of ${Spec.Name} without a node: Swarm forgets such tasks when a service changes, and doesn’t place them ` +
      `even when a node fits. To have new ones then, scale ${Spec.Name} to ${placed} first, and up again.`,
  ];
}

function placementWarning({ Spec }: Service, replicas: number, nodes: readonly Node[]): readonly string[] {
  if (replicas <= (replicasOf(Spec) ?? 0)) return [];
  const eligible = eligibleNodes(Spec, nodes).length;
  if (eligible === 0) {
    return [`No node can take tasks of ${Spec.Name} now: none is ready and active and fits its placement.`];
  }
  const perNode = Spec.TaskTemplate.Placement?.MaxReplicas ?? 0;
  if (perNode === 0 || replicas <= perNode * eligible) return [];
  const where = eligible === 1 ? 'the 1 node that fits' : `each of the ${eligible} nodes that fit`;
  return [`Only ${perNode * eligible} of ${replicas} can run: ${Spec.Name} may have ${perNode} on ${where}.`];
}
