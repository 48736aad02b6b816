import { describe, expect, it } from 'vitest';
import { sampleNode, sampleService, sampleTask } from '../swarm/sample-swarm.ts';
import { ask, buttons, cells, notes, partsOf, touches } from './ask.ts';

const manager = sampleNode('node1', {
  Spec: { Role: 'manager', Availability: 'active', Labels: { zone: 'a' } },
  ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: '10.0.0.1:2377' },
});
const drained = sampleNode('node10', {
  Spec: { Role: 'manager', Availability: 'drain' },
  Status: { State: 'down' },
  ManagerStatus: { Leader: false, Reachability: 'unreachable' },
});
const swarm = {
  nodes: [drained, sampleNode('node2'), manager],
  services: [sampleService('web')],
  tasks: [sampleTask('a'), sampleTask('b', { NodeID: 'id-of-node2', Slot: 2 })],
  info: { Swarm: { NodeID: manager.ID } },
};
const onlyNode2 = { visible: (target: unknown) => JSON.stringify(target).includes('node2') };

describe('node ls', () => {
  it('lists nodes in the order of their names, and marks the one that answers', async () => {
    expect(cells(await ask('nodes', swarm))).toEqual([
      ['id-of-node1 *', 'node1', 'Ready', 'Active', 'Leader', '28.5.2'],
      ['id-of-node2', 'node2', 'Ready', 'Active', '', '28.5.2'],
      ['id-of-node10', 'node10', 'Down', 'Drain', 'Unreachable', '28.5.2'],
    ]);
  });

  it('leaves out what the asker may not see', async () => {
    const answer = await ask('node ls', swarm, onlyNode2);
    expect(cells(answer).map((row) => row[1])).toEqual(['node2']);
    expect(notes(answer)).toEqual(['2 nodes are not shown: nothing grants you them here.']);
  });

  it('still lists nodes when it cannot tell which one answers', async () => {
    const answer = await ask('node ls', { ...swarm, refuses: ['info'] });
    expect(cells(answer)[0]?.[0]).toBe('id-of-node1');
    expect(notes(answer)).toEqual([
      'Which of them Shipmate talks to (*) could not be read: prod did not answer info in time.',
    ]);
  });
});

describe('node ps', () => {
  it('lists the tasks of the node that answers when it names none', async () => {
    expect(cells(await ask('node ps', swarm)).map((row) => row[1])).toEqual(['web.1']);
    expect(await touches('node ps', swarm)).toEqual({
      kind: 'some',
      targets: [{ kind: 'node', cluster: 'prod', name: 'node1' }],
    });
  });

  it('lists the tasks of several nodes, each once', async () => {
    const answer = await ask('node ps node1 self node2', swarm);
    expect(cells(answer).map((row) => row[1])).toEqual(['web.1', 'web.2']);
    expect(partsOf(answer, 'heading')).toEqual([{ kind: 'heading', text: 'Tasks on node1, node2 in prod' }]);
  });

  it('shows what it found when one of several nodes is unknown', async () => {
    const answer = await ask('node ps node1 nope', swarm);
    expect(cells(answer)).toHaveLength(1);
    expect(notes(answer)).toEqual(['There is no node nope in prod.']);
    await expect(ask('node ps nope', swarm)).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('leaves out a node whose grant went away after it was authorized', async () => {
    const answer = await ask('node ps node1 node2', swarm, onlyNode2);
    expect(cells(answer).map((row) => row[1])).toEqual(['web.2']);
  });
});

describe('node inspect', () => {
  it('gives JSON as the engine tells it', async () => {
    const answer = await ask('node inspect self', swarm);
    expect(JSON.parse(partsOf(answer, 'code')[0]?.text ?? '')).toEqual([manager]);
    expect(buttons(answer)['Refresh']).toBe('-c prod node inspect self');
  });

  it('masks labels that look like secrets', async () => {
    const Labels = { 'db.password': 'hunter2-correct', zone: 'a' };
    const node = sampleNode('node1', {
      Spec: { Role: 'worker', Availability: 'active', Labels },
      Description: { Hostname: 'node1', Engine: { Labels } },
    });
    for (const line of ['node inspect node1', 'node inspect --pretty node1']) {
      const shown = JSON.stringify(await ask(line, { nodes: [node] }));
      expect(shown).not.toContain('hunter2-correct');
      expect(shown).toContain('db.password');
    }
  });

  it('gives a page to read with --pretty', async () => {
    const text = partsOf(await ask('node inspect --pretty node1', swarm), 'code')[0]?.text;
    expect(text).toBe(
      `
ID:                   id-of-node1
Labels:
 - zone=a
Hostname:             node1
Status:
 State:               Ready
 Availability:        Active
Manager Status:
 Address:             10.0.0.1:2377
 Raft Status:         Reachable
 Leader:              Yes
Platform:
Resources:
 CPUs:                0
 Memory:              0B
Engine Version:       28.5.2
`.trim(),
    );
  });
});
