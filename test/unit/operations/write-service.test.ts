import { describe, expect, it } from 'vitest';
import { EngineFailure } from '../../../src/engine/engine.ts';
import { writeService } from '../../../src/operations/write-service.ts';
import { Failure } from '../../../src/swarm/failure.ts';
import { replicasOf, replicasWords, withReplicas } from '../../../src/swarm/replicas.ts';
import type { Service } from '../../../src/swarm/service.ts';
import { replicated } from '../swarm/snapshots.ts';
import { type Incident, oneService, scaledTo, timedOut, unreachable } from './one-service.ts';

const relabel: Incident = {
  kind: 'changed first',
  change: (spec) => {
    spec.Labels = { ...spec.Labels, [`change-${Object.keys(spec.Labels ?? {}).length}`]: 'theirs' };
  },
};

/** Asks for 3 of a service that has 2. */
function writeThree(
  swarm: ReturnType<typeof oneService>,
  {
    check = (): void => {},
    signal = new AbortController().signal,
  }: { check?: (service: Service) => void; signal?: AbortSignal } = {},
) {
  return writeService(
    {
      id: 'web-id',
      name: 'web',
      stands: (spec) => replicasOf(spec) === 3,
      describe: replicasWords,
      change: (spec) => withReplicas(spec, 3),
      check,
    },
    { engine: swarm.engine, signal, ...swarm.pace },
  );
}

describe('writeService', () => {
  it('sends the spec as it was read, with the one thing changed', async () => {
    const before = replicated(2);
    Object.assign(before.Spec, { Labels: { tier: 'front' }, SomethingNew: { kept: true } });
    const swarm = oneService(before);
    expect(await writeThree(swarm)).toMatchObject({ kind: 'written', before: { Version: { Index: 11 } } });
    expect(swarm.state.service.Spec).toEqual({ ...before.Spec, Mode: { Replicated: { Replicas: 3 } } });
  });

  it('sends nothing when it is as asked for already', async () => {
    const swarm = oneService(replicated(3));
    expect(await writeThree(swarm)).toMatchObject({ kind: 'unchanged' });
    expect(swarm.state.updates).toBe(0);
  });

  it('survives others’ changes in between, and keeps them', async () => {
    const swarm = oneService(replicated(2), { incidents: [relabel, relabel, relabel] });
    await writeThree(swarm);
    expect(swarm.state.service.Spec).toMatchObject({
      Labels: { 'change-0': 'theirs', 'change-1': 'theirs', 'change-2': 'theirs' },
      Mode: { Replicated: { Replicas: 3 } },
    });
  });

  it('gives up on a service that never stops changing, and says that nothing was changed', async () => {
    const swarm = oneService(replicated(2), { incidents: Array.from({ length: 100 }, () => relabel) });
    await expect(writeThree(swarm)).rejects.toMatchObject({
      kind: 'conflict',
      message: 'web kept being changed by others: none of 20 tries went through, and nothing was changed.',
    });
    expect(replicasOf(swarm.state.service.Spec)).toBe(2);
  });

  it('checks what it reads before every try, and leaves alone what isn’t allowed any more', async () => {
    const swarm = oneService(replicated(2), { incidents: [relabel] });
    await expect(writeThree(swarm, { check: refuseLabelled })).rejects.toMatchObject({ kind: 'denied' });
    expect(swarm.state.updates).toBe(0);
  });

  it('does not say that it was left alone when a try that may yet arrive went before', async () => {
    const swarm = oneService(replicated(2), { incidents: [{ kind: 'never arrives' }] });
    let checks = 0;
    const check = () => {
      checks += 1;
      if (checks > 1) throw new Failure('denied', 'It was left as it is.');
    };
    await expect(writeThree(swarm, { check })).rejects.toMatchObject({ uncertain: true });
    expect(swarm.state.updates).toBe(0);
  });

  it('does not send anew what was made although no answer came', async () => {
    const swarm = oneService(replicated(2), { incidents: [{ kind: 'answer lost' }] });
    expect(await writeThree(swarm)).toMatchObject({ kind: 'written', before: { Version: { Index: 11 } } });
    expect(swarm.state.updates).toBe(1);
  });

  it('does not undo what somebody did after a write whose answer was lost', async () => {
    const others = [scaledTo(7), scaledTo(2)];
    for (const afterwards of others) {
      const swarm = oneService(replicated(2), { incidents: [{ kind: 'answer lost', afterwards }] });
      await writeThree(swarm);
      expect(swarm.state.updates).toBe(1);
      expect(replicasOf(swarm.state.service.Spec)).not.toBe(3);
    }
  });

  it('sends again what never arrived', async () => {
    const swarm = oneService(replicated(2), {
      incidents: [{ kind: 'never arrives' }, { kind: 'never arrives' }],
    });
    await writeThree(swarm);
    expect(swarm.state.updates).toBe(1);
    expect(replicasOf(swarm.state.service.Spec)).toBe(3);
  });

  it('sends again what never arrived although somebody changed something else meanwhile', async () => {
    const before = replicated(2, { PreviousSpec: replicated(3).Spec });
    const swarm = oneService(before, { incidents: [{ kind: 'never arrives' }, relabel] });
    await writeThree(swarm);
    expect(swarm.state.service.Spec).toMatchObject({
      Labels: { 'change-0': 'theirs' },
      Mode: { Replicated: { Replicas: 3 } },
    });
  });

  it('is sure that a write came too late, once somebody else’s was made', async () => {
    const incidents = [{ kind: 'never arrives' } as const, ...Array.from({ length: 100 }, () => relabel)];
    await expect(writeThree(oneService(replicated(2), { incidents }))).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  it('reads on through a silence before it says what became of a write', async () => {
    const swarm = oneService(replicated(2), {
      incidents: [{ kind: 'answer lost' }],
      reads: [undefined, unreachable, unreachable, unreachable],
    });
    expect(await writeThree(swarm)).toMatchObject({ kind: 'written' });
  });

  it('says that it doesn’t know, when the silence doesn’t end', async () => {
    const swarm = oneService(replicated(2), {
      incidents: [{ kind: 'answer lost' }],
      reads: [undefined, ...Array.from({ length: 1000 }, () => unreachable)],
    });
    await expect(writeThree(swarm)).rejects.toBe(timedOut);
    expect(swarm.state.now).toBeLessThan(125_000);
  });

  it('sends again what never arrived, after a minute in which nothing could be read', async () => {
    const swarm = oneService(replicated(2), {
      incidents: [{ kind: 'never arrives' }],
      reads: [undefined, ...Array.from({ length: 50 }, () => unreachable)],
    });
    expect(await writeThree(swarm)).toMatchObject({ kind: 'written' });
    expect(swarm.state.updates).toBe(1);
    expect(swarm.state.now).toBeGreaterThan(60_000);
  });

  it('is sure that nothing came of what an engine refused, once it looked', async () => {
    const failure = new EngineFailure('unavailable', 'rejected', 'HTTP 500: out of disk.', {
      uncertain: true,
    });
    const swarm = oneService(replicated(2), {
      incidents: Array.from({ length: 100 }, () => ({ kind: 'answered', failure }) as const),
    });
    await expect(writeThree(swarm)).rejects.toMatchObject({ message: failure.message, uncertain: false });
  });

  it('fails at once when the engine can’t be reached, or rejects the spec', async () => {
    const silent = oneService(replicated(2), { reads: [unreachable] });
    await expect(writeThree(silent)).rejects.toBe(unreachable);
    const failure = new EngineFailure('input', 'rejected', 'No such network.');
    const strict = oneService(replicated(2), { incidents: [{ kind: 'answered', failure }] });
    await expect(writeThree(strict)).rejects.toBe(failure);
    expect(strict.state.now).toBe(0);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const swarm = oneService(replicated(2), { incidents: Array.from({ length: 100 }, () => relabel) });
    const check = ({ Version }: Service) => {
      if (Version.Index === 13) stop.abort(new Error('the process stops'));
    };
    await expect(writeThree(swarm, { check, signal: stop.signal })).rejects.toThrow('the process stops');
  });
});

function refuseLabelled({ Spec }: Service): void {
  if (Spec.Labels) throw new Failure('denied', 'Not with that label.');
}
