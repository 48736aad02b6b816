import { describe, expect, it } from 'vitest';
import shipmate from '../../../package.json' with { type: 'json' };
import type { Answer } from '../../../src/operations/answer.ts';
import { ask, notes, partsOf, touches } from './ask.ts';

function facts(answer: Answer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    partsOf(answer, 'facts').flatMap(({ facts }) =>
      facts.map(({ label, value }) => [
        label,
        value.map((run) => (typeof run === 'string' ? run : '')).join(''),
      ]),
    ),
  );
}

describe('info', () => {
  it('tells of the engine and its Swarm, and leaves out what the engine does not say', async () => {
    const answer = await ask('info', {
      info: {
        Name: 'node1',
        ServerVersion: '28.5.2',
        NCPU: 2,
        MemTotal: 25_274_437_632,
        Warnings: ['WARNING: No swap limit support'],
        Swarm: {
          NodeID: 'abc',
          LocalNodeState: 'active',
          ControlAvailable: true,
          Managers: 1,
          Nodes: 3,
          Cluster: { ID: 'def' },
        },
      },
    });
    expect(facts(answer)).toEqual({
      Name: 'node1',
      'Server version': '28.5.2',
      CPUs: '2',
      Memory: '23.54GiB',
      Swarm: 'active',
      'Node id': 'abc',
      'Is manager': 'yes',
      'Cluster id': 'def',
      Managers: '1',
      Nodes: '3',
    });
    expect(notes(answer)).toEqual(['WARNING: No swap limit support']);
  });

  it('says that an engine is in no Swarm', async () => {
    expect(facts(await ask('info', {}))).toEqual({ Swarm: 'inactive' });
  });

  it('touches the cluster', async () => {
    const targets = [{ kind: 'cluster', cluster: 'prod' }];
    expect(await touches('info', {})).toEqual({ kind: 'some', targets });
    expect(await touches('version', {})).toEqual({ kind: 'some', targets });
  });
});

describe('version', () => {
  it('tells the versions of Shipmate, the engine and its components', async () => {
    const answer = await ask('version', {
      version: {
        Version: '28.5.2',
        ApiVersion: '1.51',
        MinAPIVersion: '1.24',
        Os: 'linux',
        Arch: 'amd64',
        Components: [
          { Name: 'Engine', Version: '28.5.2' },
          { Name: 'containerd', Version: '1.7.24' },
          { Name: 'runc', Version: '' },
        ],
      },
    });
    expect(facts(answer)).toEqual({
      Shipmate: shipmate.version,
      Engine: '28.5.2',
      'Newest API': '1.51 (oldest spoken: 1.24)',
      'OS/Arch': 'linux/amd64',
      containerd: '1.7.24',
      runc: 'unknown',
    });
  });
});
