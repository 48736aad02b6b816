import { describe, expect, it } from 'vitest';
import { sampleNode, sampleService, sampleTask } from '../swarm/sample-swarm.ts';
import { ask, buttons, cells, notes, partsOf, touches } from './ask.ts';

const web = sampleService('web', { Spec: { Labels: { tier: 'front' } } });
const swarm = {
  services: [web, sampleService('api')],
  tasks: [
    sampleTask('b', {
      CreatedAt: '2026-01-01T00:00:00Z',
      DesiredState: 'shutdown',
      Status: { State: 'failed', Err: 'task: non-zero exit (1)' },
    }),
    sampleTask('a'),
    sampleTask('c', { ServiceID: 'id-of-api' }),
  ],
  nodes: [sampleNode('node1')],
};

describe('service ps', () => {
  it('touches each service that it names, once, with its labels', async () => {
    expect(await touches('service ps web id-of-web api', swarm)).toEqual({
      kind: 'some',
      targets: [
        { kind: 'service', cluster: 'prod', name: 'web', labels: { tier: 'front' } },
        { kind: 'service', cluster: 'prod', name: 'api', labels: {} },
      ],
    });
  });

  it('lists the tasks of a service with those before them', async () => {
    const answer = await ask('ps web', swarm);
    expect(cells(answer)).toEqual([
      ['a', 'web.1', 'shop/web:1', 'node1', 'Running', 'Running 2 minutes ago', '', ''],
      ['b', ' \\_ web.1', 'shop/web:1', 'node1', 'Shutdown', 'Failed', '"task: non-zero exit (1)"', ''],
    ]);
    expect(notes(answer)).toEqual([]);
  });

  it('shows ids with --no-resolve', async () => {
    expect(cells(await ask('ps --no-resolve web', swarm))[0]?.slice(1, 4)).toEqual([
      'id-of-web.1',
      'shop/web:1',
      'id-of-node1',
    ]);
  });

  it('offers whole errors where it shortened one', async () => {
    const Err = 'no suitable node (insufficient resources on 3 nodes)';
    const tasks = [sampleTask('a', { Status: { State: 'pending', Err } })];
    const answer = await ask('ps web', { ...swarm, tasks });
    expect(cells(answer)[0]?.[6]).toBe('"no suitable node (insufficien…"');
    expect(buttons(answer)['Whole errors']).toBe('-c prod service ps --no-trunc web');
    const whole = await ask('ps --no-trunc web', { ...swarm, tasks });
    expect(cells(whole)[0]?.[6]).toBe(`"${Err}"`);
    expect(buttons(whole)).not.toHaveProperty('Whole errors');
  });

  it('shows what it found when one of several services is unknown', async () => {
    const answer = await ask('ps nope web', swarm);
    expect(cells(answer)).toHaveLength(2);
    expect(notes(answer)).toEqual(['There is no service nope in prod.']);
  });

  it('fails when it finds none of them', async () => {
    await expect(touches('ps nope', swarm)).rejects.toMatchObject({ reason: 'not-found' });
    await expect(ask('ps nope', swarm)).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('fails when an engine does not answer, and does not call the service missing', async () => {
    await expect(ask('ps web', { ...swarm, refuses: ['service'] })).rejects.toMatchObject({
      reason: 'timed-out',
    });
  });

  it('leaves out a service whose grant went away after it was authorized', async () => {
    const answer = await ask('ps web api', swarm, {
      visible: (target) => target.kind === 'service' && target.name === 'api',
    });
    expect(cells(answer).map((row) => row[0])).toEqual(['c']);
    expect(notes(answer)).toEqual(['1 service is not shown: nothing grants you it here.']);
  });

  it('shows ids and says why when names could not be read', async () => {
    const answer = await ask('ps web', { ...swarm, refuses: ['nodes'] });
    expect(cells(answer)[0]?.slice(1, 4)).toEqual(['web.1', 'shop/web:1', 'id-of-node1']);
    expect(notes(answer)).toEqual([
      'The names of nodes could not be read, so ids stand in their place: prod did not answer nodes in time.',
    ]);
  });

  it('refuses a filter by a node that is not there', async () => {
    await expect(ask('ps -f node=node9 web', swarm)).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('says that there are no tasks', async () => {
    const answer = await ask('ps web -f desired-state=RUNNING', { ...swarm, tasks: [] });
    expect(partsOf(answer, 'table')[0]?.empty).toBe('No tasks of web in prod match desired-state=running.');
  });

  it('gives whole ids with --quiet, as the docker CLI does', async () => {
    const tasks = [sampleTask('abcdefghijklmnop')];
    const answer = await ask('ps -q web', { ...swarm, tasks });
    expect(partsOf(answer, 'code')).toEqual([{ kind: 'code', text: 'abcdefghijklmnop' }]);
  });
});

describe('buttons that scale', () => {
  const may = ({ name }: { readonly name: string }) => name === 'service.scale';
  const replicas = (Replicas: number) => ({
    ...swarm,
    services: [sampleService('web', { Spec: { Mode: { Replicated: { Replicas } } } })],
  });

  it('stand below the one replicated service that is shown', async () => {
    expect(buttons(await ask('ps web', replicas(2), { may }))).toEqual({
      Refresh: '-c prod service ps web',
      'Scale to 3': '-c prod service scale web=3',
      'Scale to 1': '-c prod service scale web=1',
      'Scale…': '-c prod service scale web={}',
    });
  });

  it('ask before anything changes, and loudest before nothing is left', async () => {
    const [part] = partsOf(await ask('ps web', replicas(1), { may }), 'buttons');
    expect(part?.buttons.slice(1)).toMatchObject([
      { label: 'Scale to 2', confirm: { text: 'web in prod goes from 1 to 2 replicas.' } },
      {
        label: 'Scale to 0',
        style: 'danger',
        confirm: { text: 'web in prod goes from 1 to 0 replicas. None of it will run then.' },
      },
      { label: 'Scale…', form: { initial: '1', number: { min: 0, max: 10_000 } } },
    ]);
    const none = buttons(await ask('ps web', replicas(0), { may }));
    expect(Object.keys(none)).toEqual(['Refresh', 'Scale to 1', 'Scale…']);
  });

  it.for([
    ['of several services', 'ps web api', swarm, true],
    [
      'of a global service',
      'ps web',
      { ...swarm, services: [sampleService('web', { Spec: { Mode: { Global: {} } } })] },
      true,
    ],
    ['for those who may not scale', 'ps web', swarm, false],
  ] as const)('are not there %s', async ([, line, there, allowed]) => {
    const answer = await ask(line, there, { may: (operation) => allowed && may(operation) });
    expect(Object.keys(buttons(answer))).toEqual(['Refresh']);
  });
});
