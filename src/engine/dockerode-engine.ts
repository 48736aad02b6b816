import type Dockerode from 'dockerode';
import { z } from 'zod';
import { EngineInfo, EngineVersion } from '../swarm/cluster.ts';
import { ImageDistribution } from '../swarm/image-digest.ts';
import { Node } from '../swarm/node.ts';
import { authFor, type RegistryAuths } from '../swarm/registry-auth.ts';
import { Service } from '../swarm/service.ts';
import { Task } from '../swarm/task.ts';
import { boundedDocker } from './bounded-docker.ts';
import {
  type CallOptions,
  type Engine,
  EngineFailure,
  type LogQuery,
  type UpdateServiceRequest,
} from './engine.ts';
import type { EngineCalls } from './engine-calls.ts';
import { type EngineSubject, engineName } from './engine-subject.ts';
import { exactSpecJson, hasInexactIntegers } from './exact-integers.ts';
import { logEntries } from './log-entries.ts';
import { GarbledLog } from './log-frames.ts';
import { parseAnswer, parseList } from './parse-answer.ts';
import { pathSegment } from './path-segment.ts';
import { outOfSequence } from './refusal.ts';
import { registryAuthHeader } from './registry-auth-header.ts';
import { registryFailure } from './registry-failure.ts';
import { secretsOf } from './secrets-of.ts';
import { type SharedReads, sharedReads } from './shared-reads.ts';

const UpdateAnswer = z.looseObject({ Warnings: z.array(z.string()).nullish() });

/** As the CLI sends it; engines take it for granted. */
const keptAuth = { registryAuthFrom: 'spec' };

type Ask = (docker: Dockerode) => Promise<unknown>;

/**
 * One cluster's engine over dockerode. Lists are shared by those who ask for the same at the same time, and are not to
 * be changed by them; nobody who asks after a write through this engine gets a list that began before its end.
 * @param address as sentences name it
 * @param auths gives the credentials of now
 */
export function dockerodeEngine(
  cluster: string,
  address: string,
  calls: EngineCalls,
  auths: () => RegistryAuths,
): Engine {
  const shared = {
    services: sharedReads<readonly Service[]>(),
    tasks: sharedReads<readonly Task[]>(),
    nodes: sharedReads<readonly Node[]>(),
  };
  const outdate = () => {
    for (const reads of Object.values(shared)) reads.outdate();
  };
  const get = (path: string): EngineSubject => ({ cluster, address, method: 'GET', path, secrets: [] });

  async function body(ask: Ask, signal: AbortSignal | undefined, secrets: readonly string[] = []) {
    return z.string().parse(await ask(boundedDocker(calls.text, { cluster, address, secrets }, signal)));
  }

  async function list<T>(
    reads: SharedReads<readonly T[]>,
    item: z.ZodType<T>,
    path: string,
    key: string,
    ask: Ask,
    signal: AbortSignal | undefined,
  ): Promise<readonly T[]> {
    const start = async (shared: AbortSignal) => parseList(item, await body(ask, shared), get(path));
    try {
      return await reads.ask(key, start, signal);
    } catch (error) {
      if (error instanceof EngineFailure || !signal?.aborted) throw error;
      throw new EngineFailure('unavailable', 'aborted', `GET ${path} on ${cluster} was called off.`);
    }
  }

  async function inspectService(reference: string, signal: AbortSignal | undefined) {
    const id = pathSegment('service', reference, cluster);
    const json = await body((docker) => docker.getService(id).inspect(), signal);
    return { json, service: parseAnswer(Service, json, get(`/services/${id}`)) };
  }

  async function info({ signal }: CallOptions = {}): Promise<EngineInfo> {
    return parseAnswer(EngineInfo, await body((docker) => docker.info(), signal), get('/info'));
  }

  /** The integers that JavaScript rounds are read again, as the engine has them. */
  async function specJson({ id, version, spec }: UpdateServiceRequest, signal: AbortSignal | undefined) {
    if (!hasInexactIntegers(spec)) return JSON.stringify(spec);
    const { json, service } = await inspectService(id, signal);
    if (service.Version.Index !== version) throw outOfSequence(get(`/services/${id}`));
    return exactSpecJson(spec, json);
  }

  return {
    cluster,
    info,
    async version({ signal } = {}) {
      return parseAnswer(EngineVersion, await body((docker) => docker.version(), signal), get('/version'));
    },
    async services(filters = {}, { signal } = {}) {
      const key = JSON.stringify(filters);
      const options = { status: true, _query: { status: 'true', filters: key } };
      return list(
        shared.services,
        Service,
        '/services',
        key,
        (docker) => docker.listServices(options),
        signal,
      );
    },
    async service(reference, { signal } = {}) {
      return (await inspectService(reference, signal)).service;
    },
    async updateService(request, { signal } = {}) {
      const id = pathSegment('service', request.id, cluster);
      const json = await specJson(request, signal);
      const { registryAuthFor, rollback } = request;
      const auth = registryAuthFor === undefined ? undefined : authFor(auths(), registryAuthFor);
      const how = rollback ? { rollback: 'previous' } : registryAuthFor === undefined ? keptAuth : {};
      const authconfig = registryAuthFor === undefined ? undefined : { base64: registryAuthHeader(auth) };
      const options = { _query: { version: String(request.version), ...how }, _body: json, authconfig };
      try {
        const secrets = secretsOf({ spec: request.spec, auth });
        const answer = await body((docker) => docker.getService(id).update(options), signal, secrets);
        const subject = { ...get(`/services/${id}/update`), method: 'POST' };
        return parseAnswer(UpdateAnswer, answer, subject).Warnings ?? [];
      } finally {
        outdate();
      }
    },
    hasRegistryAuth: (image) => authFor(auths(), image) !== undefined,
    async imageDigest(reference, { signal } = {}) {
      const auth = authFor(auths(), reference);
      const options = auth && { authconfig: { base64: registryAuthHeader(auth) } };
      try {
        const ask: Ask = (docker) => docker.getImage(reference).distribution(options);
        const json = await body(ask, signal, secretsOf({ auth }));
        return parseAnswer(ImageDistribution, json, get(`/distribution/${reference}/json`));
      } catch (error) {
        if (signal?.aborted || !(error instanceof EngineFailure)) throw error;
        throw registryFailure(reference, cluster, error, auth !== undefined);
      }
    },
    async tasks(filters = {}, { signal } = {}) {
      const key = JSON.stringify(filters);
      const options = { filters: key };
      return list(shared.tasks, Task, '/tasks', key, (docker) => docker.listTasks(options), signal);
    },
    async nodes(filters = {}, { signal } = {}) {
      const key = JSON.stringify(filters);
      const options = { filters: key };
      return list(shared.nodes, Node, '/nodes', key, (docker) => docker.listNodes(options), signal);
    },
    async node(reference, options = {}) {
      const name = reference === 'self' ? await ownNode(options) : reference;
      const id = pathSegment('node', name, cluster);
      const json = await body((docker) => docker.getNode(id).inspect(), options.signal);
      return parseAnswer(Node, json, get(`/nodes/${id}`));
    },
    async updateNode(request, { signal } = {}) {
      const id = pathSegment('node', request.id, cluster);
      const query = { version: String(request.version) };
      const options = { _query: query, _body: JSON.stringify(request.spec) };
      try {
        await body((docker) => docker.getNode(id).update(options), signal);
      } finally {
        outdate();
      }
    },
    /** Past dockerode: it would give some logs whole, and as JSON where they look like it. */
    async *logs(query, { signal } = {}) {
      const path = `/${query.of}s/${pathSegment(query.of, query.id, cluster)}/logs`;
      const subject = get(path);
      try {
        const request = { method: 'GET', path, query: logQuery(query) };
        yield* logEntries(await calls.stream(request, subject, query.within, signal));
      } catch (error) {
        if (!(error instanceof GarbledLog)) throw error;
        throw new EngineFailure(
          'unavailable',
          'garbled',
          `${engineName(subject)} answered GET ${path} with something that isn't a log: ${error.message}.`,
        );
      }
    },
  };

  /** The API knows no `self`: like the CLI, ask the engine who it is (docker/cli, cli/command/node/cmd.go). */
  async function ownNode(options: CallOptions): Promise<string> {
    const id = (await info(options)).Swarm?.NodeID;
    if (id) return id;
    throw new EngineFailure(
      'unavailable',
      'not-a-manager',
      `${engineName(get('/info'))} is in no Swarm: point ${cluster} at one of the Swarm's managers.`,
    );
  }
}

/** The time and the details of each line are always asked for: without them lines can't be told apart. */
function logQuery({ tail, since, follow }: LogQuery): string {
  return new URLSearchParams({
    stdout: 'true',
    stderr: 'true',
    timestamps: 'true',
    details: 'true',
    tail: String(tail),
    ...(follow ? { follow: 'true' } : {}),
    // Seconds with a fraction.
    ...(since === undefined ? {} : { since: (since / 1000).toFixed(3) }),
  }).toString();
}
