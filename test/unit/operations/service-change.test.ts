import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src/dispatch/parse-command.ts';
import { type Engine, EngineFailure } from '../../../src/engine/engine.ts';
import { applyServiceChange } from '../../../src/operations/apply-service-change.ts';
import type { PlanTools } from '../../../src/operations/operation.ts';
import { planRollback, planUpdate } from '../../../src/operations/plan-service-change.ts';
import { operations } from '../../../src/operations/table.ts';
import { updateInput } from '../../../src/operations/update-input.ts';
import { imageVerdict } from '../../../src/policy/image-verdict.ts';
import type { ServiceSpec } from '../../../src/swarm/service.ts';
import type { Target } from '../../../src/swarm/target.ts';
import { replicated } from '../swarm/snapshots.ts';
import { type Incident, oneService, timedOut } from './one-service.ts';

const { signal } = new AbortController();
const digest = `sha256:${'a'.repeat(64)}`;

function env(...variables: readonly string[]): (spec: ServiceSpec) => void {
  return (spec) => {
    spec.TaskTemplate = { ...spec.TaskTemplate, ContainerSpec: { Image: 'shop/web:2', Env: [...variables] } };
  };
}

/** Plans and sends, without following, over a service that runs `shop/web:2`. */
async function send(
  flags: Readonly<Record<string, string | boolean | readonly string[]>>,
  incidents: readonly Incident[] = [],
  stillAllowed: (target: Target) => boolean = () => true,
) {
  const swarm = oneService(replicated(2), { incidents });
  const tools = { ...swarm.pace, engine: swarm.engine, signal, image: () => imageVerdict(undefined, '') };
  const update = updateInput.parse({ args: ['web'], flags: { detach: true, ...flags } });
  const plan = await planUpdate(update, tools);
  const outcome = applyServiceChange(plan, {
    ...tools,
    stillAllowed,
    mayReadLogs: () => true,
    report: () => {},
    patience: 60_000,
  });
  return { outcome, state: swarm.state };
}

describe('an update', () => {
  it('is sent again over what others changed of something else', async () => {
    const first: Incident = { kind: 'changed first', change: env('B=2') };
    const { outcome, state } = await send({ 'env-add': ['A=1'] }, [first]);
    expect((await outcome).kind).toBe('done');
    expect(state.service.Spec.TaskTemplate.ContainerSpec?.Env).toEqual(['B=2', 'A=1']);
  });

  it('is not sent over what others changed of the same, and says what that is without telling secrets', async () => {
    const first: Incident = { kind: 'changed first', change: env('A=hunter2') };
    const { outcome, state } = await send({ 'env-add': ['A=1'] }, [first]);
    await expect(outcome).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('(env A ••••)') as unknown,
    });
    expect(state.service.Spec.TaskTemplate.ContainerSpec?.Env).toEqual(['A=hunter2']);
    expect(state.updates).toBe(0);
  });

  it('is made once when its answer is lost', async () => {
    const { outcome, state } = await send({ force: true }, [{ kind: 'answer lost' }]);
    expect((await outcome).kind).toBe('done');
    expect(state.updates).toBe(1);
    expect(state.service.Spec.TaskTemplate.ForceUpdate).toBe(1);
  });

  it('is told as uncertain when nobody can say whether it was made', async () => {
    const lost: readonly Incident[] = Array.from({ length: 40 }, () => ({ kind: 'never arrives' }));
    const { outcome } = await send({ force: true }, lost);
    await expect(outcome).rejects.toBe(timedOut);
  });

  it('asks again who may touch the service, as it is and as it will be', async () => {
    const asked: Target[] = [];
    const { outcome, state } = await send({ 'label-add': ['team=blog'] }, [], (target) => {
      asked.push(target);
      return asked.length < 2;
    });
    await expect(outcome).rejects.toMatchObject({ kind: 'denied' });
    expect(asked).toMatchObject([{ labels: {} }, { labels: { team: 'blog' } }]);
    expect(state.updates).toBe(0);
  });
});

describe('what a change touches', () => {
  it.each([
    ['service update --label-add team=blog web', [{ labels: {} }, { labels: { team: 'blog' } }]],
    ['service update --env-add A=1 web', [{ labels: {} }]],
  ])('%s', async (line, expected) => {
    const prepared = parseCommand(operations, line).prepare();
    const { engine } = oneService(replicated(2));
    expect(await prepared.targets({ engine, signal })).toMatchObject({ targets: expected });
  });

  it('is, for a rollback, also the service with the labels that it had', async () => {
    const prepared = parseCommand(operations, 'rollback web').prepare();
    const service = replicated(2);
    const PreviousSpec = { ...service.Spec, Labels: { team: 'blog' } };
    const { engine } = oneService({ ...service, PreviousSpec });
    expect(await prepared.targets({ engine, signal })).toMatchObject({
      targets: [{ labels: {} }, { labels: { team: 'blog' } }],
    });
  });
});

describe('a restart', () => {
  it('is told as one, and not as the count that Swarm keeps of them', async () => {
    const { outcome } = await send({ force: true });
    const { answer, detail } = await outcome;
    expect(detail).toBe(
      'web is being restarted: Sent, not followed: whether the Swarm gets there isn’t known here.',
    );
    expect(answer.filter(({ kind }) => kind === 'facts')).toEqual([]);
  });
});

describe('an image', () => {
  const deploy = (image: string, more = {}) =>
    updateInput.parse({ args: ['web'], flags: { image, ...more } });

  /** A registry that has every image, and which were asked for. */
  function registry(allow: readonly string[]) {
    const asked: string[] = [];
    const { engine, pace } = oneService(replicated(2));
    const withRegistry: Engine = {
      ...engine,
      async imageDigest(reference) {
        asked.push(reference);
        return { Descriptor: { digest }, Platforms: [{ os: 'linux', architecture: 'arm' }] };
      },
    };
    const tools: PlanTools = {
      ...pace,
      engine: withRegistry,
      signal,
      image: (reference) => imageVerdict({ allow }, reference),
    };
    return { tools, asked };
  }

  it('that isn’t allowed is refused before its registry is asked', async () => {
    const { tools, asked } = registry(['shop/*']);
    await expect(planUpdate(deploy('blog/web:1'), tools)).rejects.toMatchObject({
      kind: 'denied',
      message: 'The image blog/web:1 may not be deployed: images.allow allows shop/*.',
    });
    expect(asked).toEqual([]);
  });

  it('is pinned to its digest, and to the platforms that it runs on', async () => {
    const { tools, asked } = registry(['shop/*']);
    const { edit } = await planUpdate(deploy('docker.io/shop/web'), tools);
    expect(asked).toEqual(['shop/web:latest']);
    expect(edit(replicated(2).Spec).TaskTemplate).toMatchObject({
      ContainerSpec: { Image: `shop/web:latest@${digest}` },
      Placement: { Platforms: [{ OS: 'linux' }] },
    });
  });

  it('is sent as it is when that is asked for, with a warning', async () => {
    const { tools, asked } = registry(['shop/*']);
    const { edit, warnings } = await planUpdate(deploy('shop/web:3', { 'no-resolve-image': true }), tools);
    expect(asked).toEqual([]);
    expect(edit(replicated(2).Spec).TaskTemplate.ContainerSpec?.Image).toBe('shop/web:3');
    expect(warnings.join()).toContain('sent as it is');
  });

  it('that may not be deployed any more is not rolled back to', async () => {
    const { tools } = registry(['shop/web:2']);
    const service = replicated(2);
    const previous = (image: string): PlanTools => ({
      ...tools,
      engine: oneService({
        ...service,
        PreviousSpec: { ...service.Spec, TaskTemplate: { ContainerSpec: { Image: image } } },
      }).engine,
    });
    await expect(planRollback('web', false, previous('shop/web:1'))).rejects.toMatchObject({
      kind: 'denied',
    });
    const { summary } = await planRollback('web', false, previous(`shop/web:2@${digest}`));
    expect(summary).toBe('roll back web: image shop/web:2 (no digest) → shop/web:2@aaaaaaaaaaaa');
  });

  it('that can’t be looked up is not deployed', async () => {
    const { tools } = registry(['*']);
    const failure = new EngineFailure('not-found', 'not-found', 'There is no image.');
    const engine: Engine = { ...tools.engine, imageDigest: () => Promise.reject(failure) };
    await expect(planUpdate(deploy('shop/web:9'), { ...tools, engine })).rejects.toBe(failure);
  });
});
