import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDockerConfig } from '../../src/config/docker-config.ts';
import { connectEngines } from '../../src/engine/connect-engines.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { type Bot, startBot } from '../bot/start-bot.ts';
import { shown, whisper } from '../bot/shown.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { dockerConfig, privateImage, privateRegistry } from '../lab/private-registry.ts';
import { specOf } from './every-option.ts';
import { carryOut, wordsOf } from './scaling.ts';
import { quick, running, runningService } from './service-readings.ts';

describeSwarm('a private registry', (lab) => {
  const app = lab.image('1');
  const onEachNode = ['--replicas-max-per-node', '1', '--update-parallelism', '0'];
  const everywhere = ['node1', 'node2', 'node3'];

  /** The lab with these credentials. */
  function engineWith(json: string): Engine {
    const parsed = parseDockerConfig('config.json', json);
    if (!('auths' in parsed)) throw new Error('the test gives a right file');
    const { auths } = parsed;
    const engines = connectEngines({ lab: { host: lab.dockerHost } }, {}, { registryAuths: () => auths });
    afterAll(() => engines[Symbol.asyncDispose]());
    return engines.get('lab');
  }
  const engine = engineWith(dockerConfig(lab));
  const strangers = { without: engineWith('{}'), wrong: engineWith(dockerConfig(lab, 'hunter2')) };

  it('is deployed from on every node, with the credentials for it', async () => {
    const image = await privateImage(lab);
    await using web = await runningService(lab, 3, ...onEachNode);
    const { outcome, plan } = await carryOut(engine, `deploy ${web.name} ${image} --with-registry-auth`);
    expect(plan.summary).toContain(`registry credentials its own → Shipmate’s for ${privateRegistry(lab)}`);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(await running(lab, web, 'Image')).toEqual([image, image, image]);
    expect((await running(lab, web)).toSorted()).toEqual(everywhere);
    expect(JSON.stringify([plan.record, plan.preview, outcome])).not.toContain('lab-password');
  });

  it.each([
    ['without credentials', 'without', 'Shipmate has no credentials for'],
    ['with a wrong password', 'wrong', 'doesn’t take Shipmate’s credentials'],
  ] as const)('refuses %s, before anything is touched', async (_, who, sentence) => {
    const image = `${privateRegistry(lab)}/app:2`;
    await using web = await lab.createService('--replicas', '0', app);
    const { Version } = await engine.service(web.id);
    for (const line of [`deploy ${web.name} ${image}`, `deploy ${web.name} ${image} --with-registry-auth`]) {
      await expect(carryOut(strangers[who], line)).rejects.toMatchObject({
        kind: 'unavailable',
        message: expect.stringContaining(sentence) as unknown,
      });
    }
    expect((await engine.service(web.id)).Version).toEqual(Version);
  });

  it('is looked up without --with-registry-auth, which is named when its nodes then can’t pull', async () => {
    const image = await privateImage(lab);
    await using web = await runningService(lab, 1);
    const { outcome } = await carryOut(engine, `deploy ${web.name} ${image}`);
    expect(outcome.kind).toBe('failed');
    expect(outcome.detail).toContain('--with-registry-auth gives the service Shipmate’s');
    expect(wordsOf(outcome.answer)).toContain('No such image');

    const { outcome: mended } = await carryOut(
      engine,
      `service update --with-registry-auth --force ${web.name}`,
    );
    expect(mended.kind).toBe('done');
    expect(await running(lab, web, 'Image')).toEqual([image]);
  });

  it('is left as the docker CLI leaves it, with credentials that stay', { timeout: 200_000 }, async () => {
    const [first, second] = [await privateImage(lab), await privateImage(lab)];
    const options = ['--replicas', '0', ...onEachNode, ...quick, app];
    await using theirs = await lab.createService(...options);
    await using ours = await lab.createService(...options);
    const words = ['service', 'update', '--detach', '--with-registry-auth', '--image', first];
    await lab.docker(...words, '--quiet', theirs.name);
    await carryOut(engine, [...words, ours.name].join(' '));
    expect(await specOf(engine, ours)).toEqual({ ...(await specOf(engine, theirs)), Name: ours.name });

    // The engine shows no credentials: they are there if nodes can pull what none of them has.
    const scaled = await carryOut(engine, `scale ${ours.name}=3`);
    expect(scaled.outcome).toMatchObject({ kind: 'done' });
    const again = await carryOut(engine, `deploy ${ours.name} ${second}`);
    expect(again.outcome).toMatchObject({ kind: 'done' });
    expect(await running(lab, ours, 'Image')).toEqual([second, second, second]);
    const back = await carryOut(engine, `rollback ${ours.name}`);
    expect(back.outcome).toMatchObject({ kind: 'done' });
  });

  it('gives a service new credentials without restarting it', async () => {
    const image = await privateImage(lab);
    await using web = await lab.createService('--replicas', '0', ...onEachNode, ...quick, image);
    const { outcome } = await carryOut(engine, `service update --with-registry-auth ${web.name}`);
    expect(outcome).toMatchObject({ kind: 'done' });
    await carryOut(engine, `scale ${web.name}=2`);
    const before = (await engine.tasks({ service: [web.id] })).map(({ ID }) => ID).toSorted();

    const again = await carryOut(engine, `service update --with-registry-auth ${web.name}`);
    expect(again.outcome).toMatchObject({ kind: 'done' });
    expect((await engine.tasks({ service: [web.id] })).map(({ ID }) => ID).toSorted()).toEqual(before);
  });

  it('keeps a service’s credentials where Shipmate has none to give', async () => {
    await using web = await lab.createService('--replicas', '0', `${privateRegistry(lab)}/app:2`);
    const { Version } = await engine.service(web.id);
    const restart = carryOut(strangers.without, `restart ${web.name} --with-registry-auth`);
    await expect(restart).rejects.toMatchObject({ kind: 'input' });
    expect((await engine.service(web.id)).Version).toEqual(Version);
  });

  describe('with the bot', () => {
    const channel = 'C0DEPLOYS';
    const alice = 'U0ALICE';
    let folder: string;
    let bot: Bot;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'shipmate-docker-'));
      await writeFile(join(folder, 'config.json'), dockerConfig(lab, 'hunter2'));
      const config = `
clusters: { prod: { host: "${lab.dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
roles: { all: { allow: ["*"] } }
grants: [{ role: all, to: [${alice}] }]
`;
      bot = await startBot({
        transport: 'socket',
        config,
        env: { DOCKER_CONFIG: folder, LOG_LEVEL: 'trace' },
      });
    });
    afterAll(async () => {
      await bot?.[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    });

    it('takes up the password that is put right in DOCKER_CONFIG, and tells neither', async () => {
      const image = await privateImage(lab);
      await using web = await runningService(lab, 1);
      const line = `deploy --with-registry-auth ${web.name} ${image}`;
      await bot.workspace.as(alice).command(channel, '/swarm', line);
      await whisper(bot.workspace, alice, channel, (text) =>
        text.includes('doesn’t take Shipmate’s credentials'),
      );

      await writeFile(join(folder, 'config.json'), '{"auths": "hunter2"}');
      await bot.logged('has mistakes');
      await writeFile(join(folder, 'config.json'), dockerConfig(lab));
      await bot.logged('credentials for registries changed');
      await bot.workspace.as(alice).command(channel, '/swarm', line);
      await bot.workspace.waitFor(
        () => bot.workspace.messages(channel).find((told) => shown(told).includes(`${web.name} updated`)),
        60_000,
      );
      expect(await running(lab, web, 'Image')).toEqual([image]);
      expect(bot.output.join('\n')).not.toMatch(/lab-password|hunter2|X-Registry-Auth/i);
    });
  });
});
