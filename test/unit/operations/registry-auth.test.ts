import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { applyServiceChange } from '../../../src/operations/apply-service-change.ts';
import type { PlanTools } from '../../../src/operations/operation.ts';
import { planUpdate } from '../../../src/operations/plan-service-change.ts';
import { updateInput } from '../../../src/operations/update-input.ts';
import { imageVerdict } from '../../../src/policy/image-verdict.ts';
import { replicated } from '../swarm/snapshots.ts';
import { type Incident, oneService } from './one-service.ts';

const { signal } = new AbortController();
const digest = `sha256:${'a'.repeat(64)}`;
const hub = new Set(['docker.io']);

/** Plans `service update --with-registry-auth` of a service that runs `shop/web:2`, and sends it without following. */
function update(
  flags: Readonly<Record<string, string | boolean>>,
  { auths = new Set<string>(), incidents = [] }: { auths?: Set<string>; incidents?: readonly Incident[] },
) {
  const swarm = oneService(replicated(2), { incidents, auths });
  const engine: Engine = { ...swarm.engine, imageDigest: async () => ({ Descriptor: { digest } }) };
  const tools: PlanTools = { ...swarm.pace, engine, signal, image: () => imageVerdict(undefined, '') };
  const given = { detach: true, 'with-registry-auth': true, ...flags };
  const plan = planUpdate(updateInput.parse({ args: ['web'], flags: given }), tools);
  const more = { stillAllowed: () => true, mayReadLogs: () => true, report: () => {}, patience: 60_000 };
  const send = async () => applyServiceChange(await plan, { ...swarm.pace, engine, signal, ...more });
  return { plan, send, state: swarm.state, auths };
}

describe('an update with registry auth', () => {
  it('gives the service the credentials for the image that it is to run', async () => {
    const { plan, send, state } = update({ image: 'ghcr.io/shop/web:3' }, { auths: new Set(['ghcr.io']) });
    expect((await plan).summary).toBe(
      'update web: image shop/web:2 → ghcr.io/shop/web:3, registry credentials its own → Shipmate’s for ghcr.io',
    );
    expect((await send()).kind).toBe('done');
    expect(state.sentAuth).toEqual([`ghcr.io/shop/web:3@${digest}`]);
  });

  it('is sent for the image that it has when nothing else is to change, so that a new password gets there', async () => {
    const { plan, send, state } = update({}, { auths: hub });
    const before = structuredClone(state.service.Spec);
    expect((await plan).summary).toBe('update web: registry credentials its own → Shipmate’s for docker.io');
    expect((await send()).detail).toContain('web is being updated');
    expect(state.sentAuth).toEqual(['shop/web:2']);
    expect(state.service.Spec).toEqual(before);
  });

  it('is sent where somebody else has just changed all that was asked for, and restarts nothing twice', async () => {
    const first: Incident = {
      kind: 'changed first',
      change: (spec) => void (spec.TaskTemplate = { ...spec.TaskTemplate, ForceUpdate: 1 }),
    };
    const { send, state } = update({ force: true }, { auths: hub, incidents: [first] });
    await send();
    expect(state.sentAuth).toEqual(['shop/web:2']);
    expect(state.service.Spec.TaskTemplate.ForceUpdate).toBe(1);
  });

  it('is sent again when nobody can say whether it got there', async () => {
    const elsewhere: Incident = {
      kind: 'answer lost',
      afterwards: (spec) => void (spec.Labels = { a: 'b' }),
    };
    const { send, state } = update({}, { auths: hub, incidents: [elsewhere] });
    await send();
    expect(state.sentAuth).toEqual(['shop/web:2', 'shop/web:2']);
    expect(state.service.Spec.Labels).toEqual({ a: 'b' });
  });

  it.each([{}, { force: true }, { image: 'shop/web:3', 'no-resolve-image': true }])(
    'is refused where it would take credentials away: %o',
    async (flags) => {
      const { plan, state } = update(flags, {});
      await expect(plan).rejects.toMatchObject({
        kind: 'input',
        message: expect.stringContaining('Shipmate has no credentials for docker.io') as unknown,
      });
      expect(state.updates).toBe(0);
    },
  );

  it('sends none for an image that its registry shows to everybody, as the CLI does', async () => {
    const { plan, send, state } = update({ image: 'nginx:1' }, {});
    expect((await plan).summary).toContain('registry credentials its own → none');
    await send();
    expect(state.sentAuth).toEqual([`nginx:1@${digest}`]);
  });

  it('is not sent when the credentials are gone since it was shown', async () => {
    const { plan, send, state, auths } = update({}, { auths: new Set(hub) });
    await plan;
    auths.clear();
    await expect(send()).rejects.toMatchObject({ kind: 'conflict' });
    expect(state.updates).toBe(0);
  });
});

describe('an update without', () => {
  it('advises it for when nodes can’t pull, where Shipmate has credentials', async () => {
    const without = { 'with-registry-auth': false, image: 'shop/web:3' };
    const { plan, send, state } = update(without, { auths: hub });
    expect((await plan).pullAdvice).toContain('--with-registry-auth');
    await send();
    expect(state.sentAuth).toEqual([]);
    expect((await update(without, {}).plan).pullAdvice).toBeUndefined();
  });

  it('warns when the credentials that the service has would be shown to another registry', async () => {
    const warnings = async (flags: Readonly<Record<string, string | boolean>>) =>
      (await update(flags, { auths: new Set(['evil.example']) }).plan).warnings.join();
    const sentence = 'its nodes show them to evil.example when it asks';
    const image = 'evil.example/shop/web:3';
    expect(await warnings({ 'with-registry-auth': false, image })).toContain(sentence);
    expect(await warnings({ 'with-registry-auth': true, image })).not.toContain(sentence);
    expect(await warnings({ 'with-registry-auth': false, image: 'docker.io/blog/web:3' })).not.toContain(
      'registry',
    );
  });
});
