import { describe, expect, it } from 'vitest';
import { sampleService } from '../swarm/sample-swarm.ts';
import { ask, buttons, partsOf } from './ask.ts';

const before = { TaskTemplate: { ContainerSpec: { Image: 'shop/web:1', Env: ['PASSWORD=hunter2'] } } };
const now = { TaskTemplate: { ContainerSpec: { Image: 'shop/web:2', Env: ['PASSWORD=hunter3'] } } };
const PreviousSpec = sampleService('web', { Spec: before }).Spec;
const web = sampleService('web', { Spec: now, PreviousSpec });
const may = ({ name }: { readonly name: string }) => ['service.update', 'service.rollback'].includes(name);

describe('buttons that restart and roll back', () => {
  it('stand below the one service that is shown', async () => {
    expect(buttons(await ask('ps web', { services: [web] }, { may }))).toEqual({
      Refresh: '-c prod service ps web',
      Restart: '-c prod service update --force web',
      'Roll back…': '-c prod service rollback web',
    });
  });

  it('say what they change before they do, and nothing secret', async () => {
    const [part] = partsOf(await ask('ps web', { services: [web] }, { may }), 'buttons');
    expect(part?.buttons.slice(1)).toMatchObject([
      { confirm: { text: 'All tasks of web in prod are replaced, as its update settings say.' } },
      {
        style: 'danger',
        confirm: {
          text: 'web in prod goes back: image shop/web:2 → shop/web:1, env PASSWORD •••• → •••• (changed).',
        },
      },
    ]);
  });

  it('are pinned to what a rollback would change, in whatever order the engine tells it', async () => {
    const pinOf = async (Spec: object, PreviousSpec: object) => {
      const from = sampleService('web', { Spec: PreviousSpec }).Spec;
      const service = sampleService('web', { Spec, PreviousSpec: from });
      const [part] = partsOf(await ask('ps web', { services: [service] }, { may }), 'buttons');
      return part?.buttons.find(({ label }) => label === 'Roll back…')?.pin;
    };
    const pin = await pinOf(now, before);
    const { ContainerSpec } = before.TaskTemplate;
    const turned = { Env: ContainerSpec.Env, Image: ContainerSpec.Image, Init: false };
    expect(await pinOf(now, { TaskTemplate: { ContainerSpec: turned } })).toBe(pin);
    const other = { ...ContainerSpec, Env: ['PASSWORD=hunter1'] };
    expect(await pinOf(now, { TaskTemplate: { ContainerSpec: other } })).not.toBe(pin);
    expect(pin).not.toContain('hunter');
  });

  it('offer no way back where there is none, or where it is the same', async () => {
    const same = sampleService('web', { Spec: now, PreviousSpec: sampleService('web', { Spec: now }).Spec });
    for (const service of [sampleService('web'), same]) {
      const answer = await ask('ps web', { services: [service] }, { may });
      expect(Object.keys(buttons(answer))).toEqual(['Refresh', 'Restart']);
    }
  });

  it('are not there for those who may not, and for several services', async () => {
    const nobody = await ask('ps web', { services: [web] }, { may: () => false });
    const several = await ask('ps web api', { services: [web, sampleService('api')] }, { may });
    expect([nobody, several].map((answer) => Object.keys(buttons(answer)))).toEqual([
      ['Refresh'],
      ['Refresh'],
    ]);
  });
});
