import { describe, expect, it } from 'vitest';
import { eligibleNodes } from '../../../src/swarm/eligible-nodes.ts';
import type { Node } from '../../../src/swarm/node.ts';
import { node } from './snapshots.ts';

const front = { ...node('front', { labels: { tier: 'front', Rack: 'a' } }) };
const back: Node = { ...node('back'), Status: { State: 'ready', Addr: '10.1.0.7' } };
const manager: Node = { ...node('boss'), Spec: { Role: 'manager', Availability: 'active' } };
const nodes = [front, back, manager];

function eligible(constraints: readonly string[], platforms?: { OS?: string; Architecture?: string }[]) {
  const Placement = { Constraints: [...constraints], ...(platforms ? { Platforms: platforms } : {}) };
  return eligibleNodes({ TaskTemplate: { Placement } }, nodes).map(({ ID }) => ID);
}

describe('eligibleNodes', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['node.role == manager', ['boss']],
    ['node.role!=manager', ['front', 'back']],
    ['node.id==back', ['back']],
    ['node.hostname == HOST-BACK', ['back']],
    ['Node.Labels.tier == Front', ['front']],
    ['node.labels.rack == a', []],
    ['node.labels.Rack == a', ['front']],
    ['node.labels.tier != front', ['back', 'boss']],
    ['engine.labels.disk == ssd', []],
    ['node.platform.os == linux', ['front', 'back', 'boss']],
    ['node.platform.arch == x86_64', ['front', 'back', 'boss']],
    ['node.ip == 10.1.0.7', ['back']],
    ['node.ip == 10.1.0.0/16', ['back']],
    ['node.ip != 10.1.0.0/16', ['front', 'boss']],
    ['node.ip == not-an-address', []],
    ['node.colour == red', []],
    ['nonsense', []],
  ];
  it.for(cases)('holds nodes to %s', ([constraint, ids]) => {
    expect(eligible([constraint])).toEqual(ids);
  });

  it('holds them to all constraints at once', () => {
    expect(eligible(['node.role == worker', 'node.labels.tier == front'])).toEqual(['front']);
  });

  it('takes amd64 for x86_64, and knows images of other platforms', () => {
    expect(eligible([], [{ OS: 'linux', Architecture: 'amd64' }])).toHaveLength(3);
    expect(eligible([], [{ OS: 'linux', Architecture: 'arm64' }])).toEqual([]);
    expect(eligible([], [{ OS: 'windows' }, { OS: 'linux' }])).toHaveLength(3);
  });

  it('leaves out nodes that are down, drained or paused', () => {
    const unfit = [
      node('a', { state: 'down' }),
      node('b', { availability: 'drain' }),
      node('c', { availability: 'pause' }),
    ];
    expect(eligibleNodes({ TaskTemplate: {} }, unfit)).toEqual([]);
  });
});
