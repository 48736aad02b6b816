/** One kind of call to an engine. */
export interface EngineEndpoint {
  /** What metrics and the socket proxy call it. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** `{id}` stands for one segment, `{name}` for an image's name, which has slashes in it. */
  readonly path: string;
  /** Its answer comes as it is written, and may be silent for as long as it is followed. */
  readonly isStream?: true;
}

/**
 * Every call that Shipmate makes: what isn't here is not sent (engine-calls.ts). deploy/haproxy.cfg is made from it, so
 * that the socket proxy lets through exactly this. Source: https://docs.docker.com/reference/api/engine/
 */
export const engineEndpoints: readonly EngineEndpoint[] = [
  { name: 'ping', method: 'GET', path: '/_ping' },
  { name: 'version', method: 'GET', path: '/version' },
  { name: 'info', method: 'GET', path: '/info' },
  { name: 'services', method: 'GET', path: '/services' },
  { name: 'service', method: 'GET', path: '/services/{id}' },
  { name: 'service_logs', method: 'GET', path: '/services/{id}/logs', isStream: true },
  { name: 'service_update', method: 'POST', path: '/services/{id}/update' },
  { name: 'tasks', method: 'GET', path: '/tasks' },
  { name: 'task_logs', method: 'GET', path: '/tasks/{id}/logs', isStream: true },
  { name: 'nodes', method: 'GET', path: '/nodes' },
  { name: 'node', method: 'GET', path: '/nodes/{id}' },
  { name: 'node_update', method: 'POST', path: '/nodes/{id}/update' },
  { name: 'distribution', method: 'GET', path: '/distribution/{name}/json' },
];

/** A path's pattern in the dialect that JavaScript and PCRE share, not anchored. */
export function endpointPattern({ path }: EngineEndpoint): string {
  return path.replaceAll('{id}', '[^/]+').replaceAll('{name}', '.+');
}

const patterns = engineEndpoints.map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`^${endpointPattern(endpoint)}$`),
}));

/** @param path without version and query. @throws Error for a call that engineEndpoints doesn't know. */
export function endpointOf(method: string, path: string): EngineEndpoint {
  const found = patterns.find(({ endpoint, pattern }) => endpoint.method === method && pattern.test(path));
  if (found !== undefined) return found.endpoint;
  throw new Error(`${method} ${path} is not in engineEndpoints, so no proxy would let it through`);
}
