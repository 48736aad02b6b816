import { describe, expect, it } from 'vitest';
import type { Target } from '../../../src/swarm/target.ts';
import { sampleNode, sampleService, sampleTask } from '../swarm/sample-swarm.ts';
import { ask, buttons, cells, notes, partsOf, touches } from './ask.ts';

const web = sampleService('web');
const api = sampleService('api10', { Spec: { Labels: { team: 'api' } } });
const services = [web, api, sampleService('api9')];

const ofTeamApi = {
  visible: (target: Target) => target.kind === 'service' && target.labels?.['team'] === 'api',
};

describe('service ls', () => {
  it('lists services in the order of their names', async () => {
    const answer = await ask('service ls', { services });
    expect(partsOf(answer, 'table')[0]?.columns).toEqual([
      'ID',
      'NAME',
      'MODE',
      'REPLICAS',
      'IMAGE',
      'PORTS',
    ]);
    expect(cells(answer)).toEqual([
      ['id-of-api9', 'api9', 'replicated', '1/1', 'shop/web:1', ''],
      ['id-of-api10', 'api10', 'replicated', '1/1', 'shop/web:1', ''],
      ['id-of-web', 'web', 'replicated', '1/1', 'shop/web:1', ''],
    ]);
    expect(notes(answer)).toEqual([]);
  });

  it('touches a list: each row is asked for on its own', async () => {
    expect(await touches('ls', { services })).toEqual({ kind: 'list' });
  });

  it('leaves out what the asker may not see, by name and labels, and says how much', async () => {
    const answer = await ask('ls', { services }, ofTeamApi);
    expect(cells(answer).map((row) => row[1])).toEqual(['api10']);
    expect(notes(answer)).toEqual(['2 services are not shown: nothing grants you them here.']);
    const one = await ask('ls', { services: [web] }, ofTeamApi);
    expect(notes(one)).toEqual(['1 service is not shown: nothing grants you it here.']);
  });

  it('marks a number that counts tasks on a down node, in words as well, and names the node', async () => {
    const nodes = [sampleNode('node1', { Status: { State: 'down' } })];
    const answer = await ask('ls -f name=web', {
      services,
      nodes,
      tasks: [sampleTask('a'), sampleTask('b')],
    });
    expect(cells(answer)[0]?.[3]).toBe('1/1 ⚠ 2 on down node');
    expect(notes(answer)).toEqual([
      '⚠ web: node1 is down; REPLICAS still counts 2 tasks that were last heard of there as running.',
    ]);
  });

  it('says nothing of tasks on down nodes that belong to services it may not show', async () => {
    const nodes = [sampleNode('node1', { Status: { State: 'down' } })];
    const swarm = { services, nodes, tasks: [sampleTask('a')] };
    const answer = await ask('ls', swarm, { visible: (target) => !JSON.stringify(target).includes('web') });
    expect(notes(answer)).toEqual(['1 service is not shown: nothing grants you it here.']);
  });

  it.for(['nodes', 'tasks'] as const)(
    'still lists services when %s could not be read, and says so',
    async (part) => {
      const nodes = [sampleNode('node1', { Status: { State: 'down' } })];
      const answer = await ask('ls', { services, nodes, refuses: [part] });
      expect(cells(answer)).toHaveLength(3);
      expect(notes(answer)).toEqual([
        `REPLICAS may count tasks on nodes that are down; that could not be checked: prod did not answer ${part} in time.`,
      ]);
    },
  );

  it('fails when services could not be read', async () => {
    await expect(ask('ls', { refuses: ['services'] })).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('says that there are none, and what was looked for', async () => {
    expect(partsOf(await ask('ls', {}), 'table')[0]?.empty).toBe('No services in prod.');
    const filtered = await ask('ls -f name=x -f mode=global -f name=y --format json', {});
    expect(partsOf(filtered, 'table')[0]?.empty).toBe(
      'No services in prod match name=x, name=y, mode=global.',
    );
  });

  it('gives ids or JSON on demand', async () => {
    const ids = await ask('ls -q', { services });
    expect(partsOf(ids, 'code')).toEqual([{ kind: 'code', text: 'id-of-api9\nid-of-api10\nid-of-web' }]);
    const json = await ask('ls --format json -f name=web', { services });
    expect(JSON.parse(partsOf(json, 'code')[0]?.text ?? '')).toEqual({
      ID: 'id-of-web',
      Image: 'shop/web:1',
      Mode: 'replicated',
      Name: 'web',
      Ports: '',
      Replicas: '1/1',
    });
  });

  it('can be refreshed: the same words in the same cluster', async () => {
    const line = "service ls -f 'label=a b' -f name=web --format table";
    const refreshed = buttons(await ask(line, { services }))['Refresh'];
    expect(refreshed).toBe('-c prod service ls --filter=label=a b --filter=name=web --format=table');
  });
});
