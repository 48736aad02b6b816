import { describe, expect, it } from 'vitest';
import { applyScale } from '../../../src/operations/apply-scale.ts';
import { planScale } from '../../../src/operations/plan-scale.ts';
import type { Target } from '../../../src/swarm/target.ts';
import { replicated, task } from '../swarm/snapshots.ts';
import { oneService, timedOut, unreachable } from './one-service.ts';

const { signal } = new AbortController();
const threeRun = [1, 2, 3].map((slot) => task(`t${slot}`, slot, 'running'));

/** Scales web, which has 2 replicas, to 3. */
async function scaleWeb(
  swarm: ReturnType<typeof oneService>,
  {
    detach = false,
    stillAllowed = (_target: Target): boolean => true,
    between = () => {},
    signal: stopping = signal,
  } = {},
) {
  const plan = await planScale([{ reference: 'web', replicas: 3 }], detach, {
    engine: swarm.engine,
    signal: stopping,
  });
  between();
  const report = () => {};
  return applyScale(plan, {
    engine: swarm.engine,
    signal: stopping,
    report,
    stillAllowed,
    mayReadLogs: () => true,
    patience: 60_000,
    ...swarm.pace,
  });
}

describe('applyScale', () => {
  it('ends when the Swarm is there, and says how long it took', async () => {
    const outcome = await scaleWeb(oneService(replicated(2), { tasks: () => threeRun }));
    expect(outcome).toMatchObject({
      kind: 'done',
      detail: 'web scaled from 2 to 3: 3 of 3 running, in 5 s.',
    });
  });

  it('warns when it is done of what lasts alone', async () => {
    const service = replicated(2, { UpdateStatus: { State: 'paused' } });
    service.Spec.TaskTemplate.Placement = { MaxReplicas: 0, Constraints: ['node.labels.none==1'] };
    const swarm = oneService(service, { tasks: () => threeRun });
    const plan = await planScale([{ reference: 'web', replicas: 3 }], false, {
      engine: swarm.engine,
      signal,
    });
    expect(plan.scales).toMatchObject([
      {
        warnings: [expect.stringContaining('was paused'), expect.stringContaining('No node can take')],
        lasting: [expect.stringContaining('was paused')],
      },
    ]);
    const { answer } = await scaleWeb(swarm);
    expect(JSON.stringify(answer)).toContain('was paused');
    expect(JSON.stringify(answer)).not.toContain('No node can take');
  });

  it('says from what it really scaled, when somebody scaled before it', async () => {
    const swarm = oneService(replicated(2), { tasks: () => threeRun });
    const between = () =>
      swarm.elsewhere((spec) => {
        spec.Mode = { Replicated: { Replicas: 9 } };
      });
    expect((await scaleWeb(swarm, { between })).detail).toContain('web scaled from 9 to 3');
  });

  it('sends nothing when somebody set that very number meanwhile', async () => {
    const swarm = oneService(replicated(2), { tasks: () => threeRun });
    const between = () =>
      swarm.elsewhere((spec) => {
        spec.Mode = { Replicated: { Replicas: 3 } };
      });
    expect(await scaleWeb(swarm, { between })).toMatchObject({
      kind: 'done',
      detail: 'web is set to 3 already: Nothing was sent: 3 of 3 running.',
    });
    expect(swarm.state.updates).toBe(0);
  });

  it('sends and does not follow when that is asked for, and doesn’t say that it is there', async () => {
    const swarm = oneService(replicated(2));
    const outcome = await scaleWeb(swarm, { detach: true });
    expect(outcome.detail).toContain('Sent, not followed');
    expect(swarm.state.updates).toBe(1);
  });

  it('leaves alone a service whose labels moved out of reach', async () => {
    const swarm = oneService(replicated(2));
    const between = () =>
      swarm.elsewhere((spec) => {
        spec.Labels = { team: 'bank' };
      });
    const stillAllowed = (target: Target) =>
      target.kind === 'service' && target.labels?.['team'] === undefined;
    expect(await scaleWeb(swarm, { between, stillAllowed })).toMatchObject({
      kind: 'failed',
      detail: 'web was not scaled: web changed, and with it who may scale it: it was left as it is.',
    });
    expect(swarm.state.updates).toBe(0);
  });

  it('says that it doesn’t know, when the engine falls silent in the middle of the write', async () => {
    const reads = [undefined, undefined, ...Array.from({ length: 1000 }, () => unreachable)];
    const swarm = oneService(replicated(2), { incidents: [{ kind: 'answer lost' }], reads });
    expect(await scaleWeb(swarm)).toMatchObject({
      kind: 'unknown',
      detail: `Whether web was scaled isn’t known: ${timedOut.message}`,
    });
  });

  it('says that it doesn’t know, when the engine falls silent while it is followed', async () => {
    const reads = [undefined, undefined, ...Array.from({ length: 1000 }, () => unreachable)];
    expect(await scaleWeb(oneService(replicated(2), { reads }))).toMatchObject({ kind: 'unknown' });
  });

  it('offers the way back when it failed', async () => {
    const outcome = await scaleWeb(oneService(replicated(2), { tasks: () => threeRun.slice(1) }));
    expect(outcome).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('After 1 min') as unknown,
    });
    const buttons = outcome.answer.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []));
    const back = buttons.find(({ label }) => label === 'Back to 2');
    expect(back?.command).toEqual(['-c', 'prod', 'service', 'scale', 'web=2']);
    expect(back?.confirm).toBeDefined();
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const between = () => stop.abort(new Error('the process stops'));
    const swarm = oneService(replicated(2), { tasks: () => threeRun });
    await expect(scaleWeb(swarm, { between, signal: stop.signal })).rejects.toThrow('the process stops');
  });
});
