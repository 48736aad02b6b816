import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, EngineFailure, type LogQuery } from '../../src/engine/engine.ts';
import type { LogEntry } from '../../src/swarm/log-entry.ts';
import type { ServiceSpec } from '../../src/swarm/service.ts';

/** A Swarm of three nodes, one of them a manager, seen through the adapter; and a way to put services into it. */
export interface EnginesUnderTest extends AsyncDisposable {
  readonly manager: Engine;
  readonly worker: Engine;
  /** An engine that is in no Swarm. */
  readonly loner: Engine;
  /** An image that runs until it is stopped, and writes a line a second. */
  readonly image: string;
  /** Gives the id of a new service; it is removed at the end. */
  create(spec: ServiceSpec): Promise<string>;
  /** A name that nobody has used. */
  uniqueName(): string;
}

/** What every implementation of `Engine` does, and the stand-in for a real engine has to do as well. */
export function engineContract(start: () => Promise<EnginesUnderTest>): void {
  let under: EnginesUnderTest;
  let engine: Engine;

  beforeAll(async () => {
    under = await start();
    engine = under.manager;
  });

  afterAll(async () => {
    await under[Symbol.asyncDispose]();
  });

  function specOf(name: string, replicas = 0, extra: Partial<ServiceSpec> = {}): ServiceSpec {
    return {
      Name: name,
      TaskTemplate: { ContainerSpec: { Image: under.image } },
      Mode: { Replicated: { Replicas: replicas } },
      ...extra,
    };
  }

  async function created(replicas = 0, extra: Partial<ServiceSpec> = {}) {
    const name = under.uniqueName();
    return { name, id: await under.create(specOf(name, replicas, extra)) };
  }

  describe('an engine', () => {
    it('says who it is', async () => {
      const [info, version] = [await engine.info(), await engine.version()];
      expect(info.Swarm).toMatchObject({
        LocalNodeState: 'active',
        ControlAvailable: true,
        Nodes: 3,
        Managers: 1,
      });
      expect(info.ServerVersion).toBe(version.Version);
      expect(version.ApiVersion).toMatch(/^1\.\d+$/);
    });
  });

  describe('services', () => {
    it('are listed with how many of their tasks run', async () => {
      const { id, name } = await created(2);
      await expect
        .poll(() => engine.services({ id: [id] }), { timeout: 60_000 })
        .toMatchObject([
          { ID: id, Spec: { Name: name }, ServiceStatus: { RunningTasks: 2, DesiredTasks: 2 } },
        ]);
    });

    it('are filtered by the beginning of a name, by label, by mode', async () => {
      const tier = under.uniqueName();
      const { id, name } = await created(0, { Labels: { tier } });
      const named = await engine.services({ name: [name.slice(0, -1)] });
      expect(named.map((service) => service.ID)).toContain(id);
      expect(await engine.services({ label: [`tier=${tier}`] })).toMatchObject([{ ID: id }]);
      expect(await engine.services({ label: [`tier=${tier}`], mode: ['global'] })).toEqual([]);
    });

    it('are found by id, by name and by the beginning of an id', async () => {
      const { id, name } = await created();
      for (const reference of [id, name, id.slice(0, 20)]) {
        expect(await engine.service(reference)).toMatchObject({ ID: id, Spec: { Name: name } });
      }
    });

    it('that are not there are not found', async () => {
      const name = under.uniqueName();
      expect(await told(engine.service(name))).toBe(
        `not-found: There is no service "${name}" in ${engine.cluster}.`,
      );
    });

    it('whose ids begin alike are ambiguous', async () => {
      const firsts = new Set<string>();
      let first = (await created()).id.slice(0, 1);
      while (!firsts.has(first)) {
        firsts.add(first);
        first = (await created()).id.slice(0, 1);
      }
      expect(await told(engine.service(first))).toMatch(/^ambiguous: .* give the name, or more of the id/);
    });

    it('are not listed by a filter that does not exist', async () => {
      expect(await told(engine.services({ colour: ['red'] }))).toMatch(/^rejected: .*colour/);
    });
  });

  describe('updateService', () => {
    it('changes what was asked for, and nothing else', async () => {
      const { id, name } = await created(0, { Labels: { a: '1' } });
      const before = await engine.service(id);
      const spec = { ...before.Spec, Mode: { Replicated: { Replicas: 1 } } };
      expect(await engine.updateService({ id, version: before.Version.Index, spec })).toEqual([]);
      const [after] = await engine.services({ name: [name] });
      expect(after?.Spec).toEqual(spec);
      expect(after?.PreviousSpec).toEqual(before.Spec);
      expect(after?.Version.Index).toBeGreaterThan(before.Version.Index);
    });

    it('refuses a version that has moved', async () => {
      const { id } = await created();
      const { Spec, Version } = await engine.service(id);
      const update = (replicas: number) =>
        engine.updateService({
          id,
          version: Version.Index,
          spec: { ...Spec, Mode: { Replicated: { Replicas: replicas } } },
        });
      const results = await Promise.allSettled([update(1), update(2), update(3)]);
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(2);
      for (const { reason } of refused) {
        expect(reason).toMatchObject({ kind: 'conflict', reason: 'out-of-sequence', uncertain: false });
      }
      expect(await told(update(4))).toMatch(/^out-of-sequence: .* was changed meanwhile/);
    });

    it('refuses a service that is not there', async () => {
      const name = under.uniqueName();
      const call = engine.updateService({ id: name, version: 1, spec: specOf(name) });
      expect(await told(call)).toBe(`not-found: There is no service "${name}" in ${engine.cluster}.`);
    });

    it('refuses what no service can be, in the words of the engine', async () => {
      const { id } = await created();
      const { Spec, Version } = await engine.service(id);
      const spec = { ...Spec, TaskTemplate: { ...Spec.TaskTemplate, ContainerSpec: { Image: '' } } };
      const call = engine.updateService({ id, version: Version.Index, spec });
      expect(await told(call)).toMatch(/^rejected: .*image/);
    });
  });

  describe('tasks', () => {
    it('are listed by service, by node and by the state that is desired', async () => {
      const { id } = await created(3);
      const running = { service: [id], 'desired-state': ['running'] };
      const states = async () => (await engine.tasks(running)).map((task) => task.Status.State);
      await expect.poll(states, { timeout: 60_000 }).toEqual(['running', 'running', 'running']);
      const tasks = await engine.tasks({ service: [id] });
      expect(new Set(tasks.map((task) => task.Slot))).toEqual(new Set([1, 2, 3]));
      const [task] = tasks;
      const nodeTasks = await engine.tasks({ service: [id], node: [task?.NodeID ?? ''] });
      expect(nodeTasks.map((found) => found.ID)).toContain(task?.ID);
      expect(await engine.tasks({ service: [id], 'desired-state': ['shutdown'] })).toEqual([]);
    });
  });

  describe('nodes', () => {
    it('are listed, all or by role', async () => {
      const nodes = await engine.nodes();
      expect(nodes.map((node) => node.Status.State)).toEqual(['ready', 'ready', 'ready']);
      const [manager, ...others] = await engine.nodes({ role: ['manager'] });
      expect(others).toEqual([]);
      expect(manager?.ManagerStatus).toMatchObject({ Leader: true, Reachability: 'reachable' });
    });

    it('are found by id, by hostname and as self', async () => {
      const [manager] = await engine.nodes({ role: ['manager'] });
      for (const reference of [manager?.ID, manager?.Description.Hostname, 'self']) {
        expect((await engine.node(reference ?? '')).ID).toBe(manager?.ID);
      }
    });

    it('that are not there are not found', async () => {
      const name = under.uniqueName();
      expect(await told(engine.node(name))).toBe(
        `not-found: There is no node "${name}" in ${engine.cluster}.`,
      );
    });
  });

  describe('updateNode', () => {
    async function aWorker() {
      const [node] = await engine.nodes({ role: ['worker'] });
      if (node === undefined) throw new Error('no worker');
      return node;
    }

    it('changes what was asked for, and refuses a version that has moved', async () => {
      const { ID: id, Version, Spec } = await aWorker();
      const version = Version.Index;
      const spec = { ...Spec, Labels: { ...Spec.Labels, [under.uniqueName()]: 'yes' } };
      await engine.updateNode({ id, version, spec });
      const now = await engine.node(id);
      expect(now.Spec).toEqual(spec);
      expect(await told(engine.updateNode({ id, version, spec: Spec }))).toMatch(
        /^out-of-sequence: The node .* was changed meanwhile/,
      );
      await engine.updateNode({ id, version: now.Version.Index, spec: Spec });
    });
  });

  describe('imageDigest', () => {
    it('is what the registry has under a reference', async () => {
      const found = await engine.imageDigest(under.image);
      expect(found.Descriptor.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    });

    it('is not found where the registry has nothing', async () => {
      expect(await told(engine.imageDigest(`${under.image}-gone`))).toMatch(/^not-found: /);
    });
  });

  describe('logs', () => {
    it('of a service and of a task say who wrote what, and go on when they are followed', async () => {
      const { id } = await created(1);
      const within = 60_000;
      const query = { of: 'service', id, tail: 'all', follow: true, within } as const;
      const task = await firstLine(query);
      expect(task).toMatchObject({ kind: 'line', stream: 'stdout' });
      expect(task?.text).toMatch('tick 1');
      const [running] = await engine.tasks({ service: [id] });
      expect(task).toMatchObject({ task: running?.ID, node: running?.NodeID });
      const line = await firstLine({ of: 'task', id: running?.ID ?? '', tail: 'all', follow: false, within });
      expect(line).toEqual(task);
    });

    async function firstLine(query: LogQuery): Promise<LogEntry | undefined> {
      for await (const entry of engine.logs(query)) return entry;
      return undefined;
    }
  });

  describe('a worker, and an engine in no Swarm', () => {
    it('say who they are', async () => {
      expect((await under.worker.info()).Swarm).toMatchObject({
        LocalNodeState: 'active',
        ControlAvailable: false,
      });
      expect((await under.loner.info()).Swarm).toMatchObject({ LocalNodeState: 'inactive' });
    });

    it('can tell nothing of a Swarm, and say why', async () => {
      for (const [other, why] of [
        [under.worker, 'is a worker'],
        [under.loner, 'is in no Swarm'],
      ] as const) {
        const update = { id: 'web', version: 1, spec: specOf('web') };
        for (const call of [
          () => other.services(),
          () => other.service('web'),
          () => other.tasks(),
          () => other.nodes(),
          () => other.node(''.padEnd(25, 'a')),
          () => other.updateService(update),
        ]) {
          expect(await told(call())).toMatch(new RegExp(`^not-a-manager: .*${why}`));
        }
      }
    });
  });
}

/** How a call failed: `not-found: There is no service "web" in prod.` */
async function told(call: Promise<unknown>): Promise<string> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof EngineFailure) return `${failure.reason}: ${failure.message}`;
  throw new Error('expected an EngineFailure', { cause: failure });
}
