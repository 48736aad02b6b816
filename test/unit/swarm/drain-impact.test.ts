import { describe, expect, it } from 'vitest';
import { drainImpact } from '../../../src/swarm/drain-impact.ts';
import { drainWarnings } from '../../../src/swarm/drain-warnings.ts';
import type { Node } from '../../../src/swarm/node.ts';
import type { Service, ServiceSpec } from '../../../src/swarm/service.ts';
import type { Task } from '../../../src/swarm/task.ts';
import { sampleNode, sampleService, sampleTask } from './sample-swarm.ts';

const roomy = { NanoCPUs: 4e9, MemoryBytes: 8e9 };

function node(
  name: string,
  change: { labels?: Record<string, string>; state?: string; availability?: string } = {},
): Node {
  const { labels = {}, state = 'ready', availability = 'active' } = change;
  return sampleNode(name, {
    Spec: { Role: 'worker', Availability: availability, Labels: labels },
    Description: { Hostname: name, Platform: { OS: 'linux', Architecture: 'x86_64' }, Resources: roomy },
    Status: { State: state },
  });
}

const [one, two, three] = [node('node1'), node('node2'), node('node3', { labels: { disk: 'ssd' } })];

function web(template: ServiceSpec['TaskTemplate'], spec: Partial<ServiceSpec> = {}): Service {
  return sampleService('web', { Spec: { TaskTemplate: template, ...spec } });
}

/** Tasks of a service, one on each node that is named. */
function tasksOf({ ID, Spec }: Service, ...nodes: readonly string[]): readonly Task[] {
  return nodes.map((name, index) =>
    sampleTask(`${ID}-${index}`, {
      ServiceID: ID,
      Slot: index + 1,
      NodeID: `id-of-${name}`,
      Spec: Spec.TaskTemplate,
    }),
  );
}

/** `web: 2 moves, 1 stranded: why` */
function told(service: Service, on: readonly string[], nodes: readonly Node[] = [one, two, three]): string {
  const impact = drainImpact(one, { nodes, services: [service], tasks: tasksOf(service, ...on) });
  return impact
    .map(({ tasks, fate, stranded, because }) =>
      stranded === 0 ? `${tasks} ${fate}` : `${tasks} ${fate}, ${stranded} stranded: ${because}`,
    )
    .join('; ');
}

describe('drainImpact', () => {
  it.for<readonly [what: string, service: Service, on: readonly string[], told: string]>([
    ['moves what fits elsewhere', web({}), ['node1', 'node1', 'node2'], '2 moves'],
    ['leaves alone what runs elsewhere', web({}), ['node2', 'node3'], ''],
    ['stops global services', web({}, { Mode: { Global: {} } }), ['node1', 'node2'], '1 stops'],
    ['stops global jobs', web({}, { Mode: { GlobalJob: {} } }), ['node1'], '1 stops'],
    ['moves jobs', web({}, { Mode: { ReplicatedJob: { TotalCompletions: 2 } } }), ['node1'], '1 moves'],
    [
      'ends what isn’t to be restarted',
      web({ RestartPolicy: { Condition: 'none' } }),
      ['node1', 'node2'],
      '1 ends',
    ],
    [
      'finds the one node with the label',
      web({ Placement: { Constraints: ['node.labels.disk==ssd'] } }),
      ['node1'],
      '1 moves',
    ],
    [
      'strands what is bound to the host name',
      web({ Placement: { Constraints: ['node.hostname==node1'] } }),
      ['node1'],
      '1 moves, 1 stranded: its constraint node.hostname==node1 rules out node2 and node3',
    ],
    [
      'strands what is bound to the node’s id or role',
      web({ Placement: { Constraints: ['node.role==worker', 'node.id==id-of-node1'] } }),
      ['node1'],
      '1 moves, 1 stranded: its constraint node.id==id-of-node1 rules out node2 and node3',
    ],
    [
      'strands images of another platform',
      web({ Placement: { Platforms: [{ OS: 'linux', Architecture: 'arm64' }] } }),
      ['node1'],
      '1 moves, 1 stranded: its image is for another platform than that of node2 and node3',
    ],
    [
      'fills the memory that is left, and no more',
      web({ Resources: { Reservations: { MemoryBytes: 3e9 } } }),
      ['node1', 'node1', 'node2', 'node2', 'node3'],
      '2 moves, 1 stranded: too little memory is free on node2 and node3',
    ],
    [
      'counts CPUs',
      web({ Resources: { Reservations: { NanoCPUs: 4e9 } } }),
      ['node1', 'node2', 'node3'],
      '1 moves, 1 stranded: too little CPU is free on node2 and node3',
    ],
    ['counts replicas on each node', web({ Placement: { MaxReplicas: 1 } }), ['node1', 'node2'], '1 moves'],
    [
      'strands what would be too many on a node',
      web({ Placement: { MaxReplicas: 1 } }),
      ['node1', 'node2', 'node3'],
      '1 moves, 1 stranded: 1 of it, and no more, may run on node2 and node3',
    ],
    [
      'sees host-mode ports in use',
      web({}, { EndpointSpec: { Ports: [{ PublishMode: 'host', PublishedPort: 80, TargetPort: 8080 }] } }),
      ['node1', 'node2', 'node3'],
      '1 moves, 1 stranded: its host-mode port 80/tcp is in use on node2 and node3',
    ],
    [
      'leaves ports of the routing mesh out of it',
      web({}, { EndpointSpec: { Ports: [{ PublishMode: 'ingress', PublishedPort: 80 }] } }),
      ['node1', 'node2', 'node3'],
      '1 moves',
    ],
  ])('%s', ([, service, on, expected]) => {
    expect(told(service, on)).toBe(expected);
  });

  it.for<readonly [string, readonly Node[]]>([
    ['there is no other', [one]],
    ['the others are down', [one, node('node2', { state: 'down' })]],
    [
      'the others are drained or paused',
      [one, node('a', { availability: 'drain' }), node('b', { availability: 'pause' })],
    ],
  ])('strands everything when %s', ([, nodes]) => {
    expect(told(web({}), ['node1', 'node1'], nodes)).toBe(
      '2 moves, 2 stranded: no other node is ready and active',
    );
  });

  it('names the nodes in the same order, however the engine lists them', () => {
    const pinned = web({ Placement: { Constraints: ['node.hostname==node1'] } });
    const nodes = [node('node10'), three, two, one];
    expect(told(pinned, ['node1'], nodes)).toContain('rules out node2, node3 and node10');
    expect(told(pinned, ['node1'], [...nodes, node('node4')])).toContain('rules out node2 and 3 others');
  });

  it('gives the narrow place to what fits nowhere else', () => {
    const reserve = { Reservations: { MemoryBytes: 8e9 } };
    const easy = sampleService('easy', { Spec: { TaskTemplate: { Resources: reserve } } });
    const picky = sampleService('picky', {
      Spec: { TaskTemplate: { Resources: reserve, Placement: { Constraints: ['node.labels.disk==ssd'] } } },
    });
    const tasks = [...tasksOf(easy, 'node1'), ...tasksOf(picky, 'node1')];
    const impact = drainImpact(one, { nodes: [one, two, three], services: [easy, picky], tasks });
    expect(impact.map(({ name, stranded }) => [name, stranded])).toEqual([
      ['easy', 0],
      ['picky', 0],
    ]);
  });

  it('doesn’t count what has ended, is to stop, or never was a service’s', () => {
    const service = web({});
    const [running] = tasksOf(service, 'node1');
    const tasks = [
      { ...running, ID: 'a', Status: { State: 'failed' } },
      { ...running, ID: 'b', DesiredState: 'shutdown' },
      { ...running, ID: 'c', ServiceID: '' },
      { ...running, ID: 'd', Status: { State: 'pending' } },
    ].map((task) => sampleTask(task.ID, task));
    expect(drainImpact(one, { nodes: [one, two], services: [service], tasks })).toEqual([]);
  });
});

describe('drainWarnings', () => {
  const manager = sampleNode('node1', { Spec: { Role: 'manager', Availability: 'active' } });
  const stranger = { nodeId: 'elsewhere', hostname: 'laptop' };

  it('tells that the only manager, and one of several, goes on managing', () => {
    expect(drainWarnings(manager, [manager, two], [], stranger).join()).toContain('the Swarm’s only manager');
    const other = sampleNode('node2', { Spec: { Role: 'manager', Availability: 'active' } });
    expect(drainWarnings(manager, [manager, other], [], stranger).join()).toContain('node1 is a manager');
    expect(drainWarnings(two, [manager, two], [], stranger)).toEqual([]);
  });

  it('tells that it is the node that Shipmate talks to, or that it runs there itself', () => {
    expect(drainWarnings(two, [two], [], { ...stranger, nodeId: 'id-of-node2' }).join()).toContain(
      'whose engine Shipmate talks to',
    );
    const own = sampleTask('own', {
      NodeID: 'id-of-node2',
      Status: { State: 'running', ContainerStatus: { ContainerID: '0123456789abcdef' } },
    });
    const self = { nodeId: 'id-of-node2', hostname: '0123456789ab' };
    expect(drainWarnings(two, [two], [own], self).join()).toContain('Shipmate itself runs on node2');
    expect(drainWarnings(two, [two], [own], { ...self, hostname: '0' }).join()).not.toContain('itself');
  });
});
