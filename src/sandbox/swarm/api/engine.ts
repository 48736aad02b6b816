import type { Controllers } from '../control/controllers.ts';
import type { EventLog } from '../events.ts';
import type { SwarmNode } from '../objects.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import type { ServiceWrites } from '../write-service.ts';

/** One node's engine, as its API needs it. */
export interface EngineParts {
  readonly world: World;
  readonly controllers: Controllers;
  readonly services: ServiceWrites;
  readonly events: EventLog;
  readonly nodeId: string;
  /** Is it in the Swarm? `docker swarm leave` takes it out. */
  inSwarm: boolean;
}

const notInSwarm =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
const isWorker =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";
const leaderless =
  "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.";

/** @throws Refusal on an engine that can't tell of a Swarm. */
export function requireManager({ world, nodeId, inSwarm }: EngineParts): void {
  if (!inSwarm) throw new Refusal(503, notInSwarm);
  if (ownNode(world, nodeId)?.ManagerStatus === undefined) throw new Refusal(503, isWorker);
  if (world.faults.noLeader) throw new Refusal(500, leaderless);
}

export function ownNode(world: World, nodeId: string): SwarmNode | undefined {
  return world.nodes.get(nodeId);
}
