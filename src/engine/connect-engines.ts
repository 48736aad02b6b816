import { Failure } from '../swarm/failure.ts';
import type { RegistryAuths } from '../swarm/registry-auth.ts';
import { dockerodeEngine } from './dockerode-engine.ts';
import type { Engine, Engines } from './engine.ts';
import { addressName, type ClusterHost, engineAddress, type Environment } from './engine-address.ts';
import { type CallLimits, defaultLimits, engineCalls } from './engine-calls.ts';
import { engineRoute } from './engine-route.ts';
import { type KnownCallOptions, knownCalls } from './known-calls.ts';

export interface ConnectOptions {
  readonly limits?: CallLimits;
  /** The ssh to run for ssh:// hosts. */
  readonly ssh?: string;
  readonly observe?: KnownCallOptions['observe'];
  /** Gives the credentials for registries as they are now. */
  readonly registryAuths?: () => RegistryAuths;
}

const noAuths: RegistryAuths = new Map();

/**
 * The engines of a configuration's clusters. Nothing is connected before it is asked; disposing closes what is.
 * @param env DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH and HOME, for clusters that name no host
 * @throws Failure `input` for a host that can't be understood
 */
export function connectEngines(
  clusters: Readonly<Record<string, ClusterHost>>,
  env: Environment,
  {
    limits = defaultLimits,
    ssh = 'ssh',
    observe = () => undefined,
    registryAuths = () => noAuths,
  }: ConnectOptions = {},
): Engines & AsyncDisposable {
  const routes = new DisposableStack();
  const engines = new Map<string, Engine>();
  for (const [cluster, host] of Object.entries(clusters)) {
    const address = engineAddress(cluster, host, env);
    const calls = knownCalls(engineCalls(routes.use(engineRoute(address, ssh)), limits), {
      observe,
      now: () => performance.now(),
    });
    engines.set(cluster, dockerodeEngine(cluster, addressName(address), calls, registryAuths));
  }
  return {
    get(cluster) {
      const engine = engines.get(cluster);
      if (engine !== undefined) return engine;
      const known = [...engines.keys()].join(', ') || 'none';
      throw new Failure('not-found', `There is no cluster "${cluster}"; there is ${known}.`);
    },
    async [Symbol.asyncDispose]() {
      routes.dispose();
    },
  };
}
