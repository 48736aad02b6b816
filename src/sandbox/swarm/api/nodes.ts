import { z } from 'zod';
import type { NodeSpec, SwarmNode } from '../objects.ts';
import { managerRefusal, Refusal } from '../refusal.ts';
import { Labels } from '../service-spec.ts';
import type { World } from '../world.ts';
import { type Answer, type Asked, done, isAsked, json, versionIn } from './answer.ts';
import type { EngineParts } from './engine.ts';
import { filtersIn, hasLabels, hasPrefix } from './filters.ts';
import { findNode } from './find.ts';
import { parsedBody } from './services.ts';
import { nodeText } from './views.ts';

export function listNodes({ world }: EngineParts, { query }: Asked): Answer {
  const filters = filtersIn(query, ['name', 'id', 'label', 'role', 'membership', 'node.label']);
  const roles = filters.get('role');
  const wrongRole = roles.find((role) => !['worker', 'manager'].includes(role));
  if (wrongRole !== undefined) throw new Refusal(500, `Invalid role filter: '${wrongRole}'`);
  const memberships = filters.get('membership');
  const wrong = memberships.find((word) => !['accepted', 'pending'].includes(word));
  if (wrong !== undefined) throw new Refusal(500, `Invalid membership filter: '${wrong}'`);
  const isWanted = (node: SwarmNode) =>
    hasPrefix(node.Hostname, filters.get('name')) &&
    hasPrefix(node.ID, filters.get('id')) &&
    hasLabels(node.EngineLabels, filters.get('label')) &&
    hasLabels(node.Spec.Labels, filters.get('node.label')) &&
    (roles.length === 0 || roles.includes(node.ManagerStatus ? 'manager' : 'worker')) &&
    (memberships.length === 0 || memberships.includes('accepted'));
  const found = world.nodes.all().filter(isWanted);
  return json(`[${found.map((node) => nodeText(world, node)).join(',')}]`);
}

export function inspectNode({ world, nodeId }: EngineParts, { params: [reference = ''] }: Asked): Answer {
  return json(nodeText(world, findNode(world, reference === 'self' ? nodeId : reference)));
}

const SentNodeSpec = z.looseObject({
  Name: z.string().nullish(),
  Labels: Labels.nullish(),
  Role: z.string().nullish(),
  Availability: z.string().nullish(),
});

/** As swarmkit's UpdateNode; being made a manager, or no longer one, happens a little later. @throws Refusal */
export function updateNode({ world }: EngineParts, { params: [reference = ''], query, body }: Asked): Answer {
  const spec = nodeSpecIn(body);
  const version = versionIn(query, 'node');
  const node = findNode(world, reference);
  if (node.Spec.Role === 'manager' && spec.Role === 'worker') checkDemotion(world, node);
  if (version !== node.Version) throw managerRefusal('Unknown', 'update out of sequence');
  world.nodes.update(node.ID, (old, meta) => ({ ...old, ...meta, Spec: spec }));
  if (node.Spec.Role !== spec.Role) world.clock.after(roleTakes, () => takeRole(world, node.ID));
  return done;
}

const roleTakes = 300;

function takeRole(world: World, id: string): void {
  const role = world.nodes.get(id)?.Spec.Role;
  const ManagerStatus =
    role === 'manager' ? ({ Leader: false, Reachability: 'reachable' } as const) : undefined;
  world.nodes.update(id, (old, meta) => ({ ...old, ...meta, ManagerStatus }));
}

function checkDemotion(world: World, node: SwarmNode): void {
  const managers = [...world.nodes.values()].filter(({ Spec }) => Spec.Role === 'manager');
  if (managers.length === 1) {
    throw managerRefusal('FailedPrecondition', 'attempting to demote the last manager of the swarm');
  }
  const others = managers.filter(({ ID }) => ID !== node.ID);
  const reachable = others.filter(({ ManagerStatus }) => ManagerStatus?.Reachability === 'reachable');
  if (reachable.length <= others.length / 2) {
    const why = "can't remove member from the raft: this would result in a loss of quorum";
    throw managerRefusal('FailedPrecondition', why);
  }
}

function nodeSpecIn(body: string): NodeSpec {
  const sent = SentNodeSpec.safeParse(parsedBody(body));
  if (!sent.success) throw new Refusal(400, `invalid JSON: ${sent.error.issues[0]?.message}`);
  const { Name, Labels: labels, Role, Availability } = sent.data;
  const role = (Role ?? '').toLowerCase();
  const availability = (Availability ?? '').toLowerCase();
  if (role !== 'manager' && role !== 'worker')
    throw new Refusal(400, `invalid Role: ${JSON.stringify(Role ?? '')}`);
  if (availability !== 'active' && availability !== 'pause' && availability !== 'drain') {
    throw new Refusal(400, `invalid Availability: ${JSON.stringify(Availability ?? '')}`);
  }
  return { ...(Name && { Name }), Labels: labels ?? {}, Role: role, Availability: availability };
}

/** @throws Refusal for a manager, and without force for a node that is there. */
export function removeNode({ world }: EngineParts, { params: [reference = ''], query }: Asked): Answer {
  const node = findNode(world, reference);
  if (node.ManagerStatus !== undefined) {
    const why = `node ${node.ID} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`;
    throw managerRefusal('FailedPrecondition', why);
  }
  if (!isAsked(query, 'force') && node.Status.State === 'ready') {
    throw managerRefusal('FailedPrecondition', `node ${node.ID} is not down and can't be removed`);
  }
  for (const task of world.tasksBy.node(node.ID)) {
    const Message = 'Task belonged to a node that has been deleted';
    world.tasks.update(task.ID, (old, meta) => ({
      ...old,
      ...meta,
      Status: { Timestamp: world.clock.now(), State: 'orphaned', Message },
    }));
  }
  world.nodes.remove(node.ID);
  return done;
}
