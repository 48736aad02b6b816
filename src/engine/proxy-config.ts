import { type EngineEndpoint, endpointPattern } from './engine-endpoints.ts';

/** How long Shipmate itself waits for an answer, and follows a stream, at most. Milliseconds. */
interface LongestWaits {
  readonly call: number;
  readonly stream: number;
}

/** Milliseconds that the proxy waits longer than Shipmate does: what took too long is told by Shipmate, in its words. */
const margin = 15_000;

/**
 * haproxy's configuration for the socket proxy: the engine's API with nothing but these calls, in any version of it.
 * https://docs.haproxy.org/2.6/configuration.html
 */
export function proxyConfig(endpoints: readonly EngineEndpoint[], longest: LongestWaits): string {
  const streams = endpoints.filter(({ isStream }) => isStream).map(({ name }) => name);
  return `# The socket proxy: lets through the calls that Shipmate makes, and no other. Made from src/engine/engine-endpoints.ts
# by \`npm run generate\`; don't edit. What it can't do is in docs/security.md: a service's update is still powerful.
global
    log stdout format raw local0
    maxconn 200
    # Filters name things by id: room for those of 1,500 services.
    tune.bufsize 65536

defaults
    mode http
    log global
    option httplog
    option http-ignore-probes
    # What Shipmate has given up is given up at the engine as well.
    option abortonclose
    timeout http-request 10s
    timeout connect 5s
    # Longer than Shipmate waits: it gives up first, and says why.
    timeout client ${patience(longest.call)}
    timeout server ${patience(longest.call)}

frontend api
    bind "\${PROXY_BIND}"
    # Paths that the engine would read otherwise than the patterns below do.
    http-request deny deny_status 404 if { path_sub -i %2f %2e } || { path_reg '/\\.\\.?(/|$)' } || { path_sub // }
${endpoints.map(rule).join('\n')}
    http-request deny deny_status 403 unless { var(txn.call) -m found }
    # What was refused is logged, what is let through is in Shipmate's own log.
    http-request set-log-level silent
    default_backend engine

backend engine
    # A log that is followed may be silent for all of that time.
    http-request set-timeout server ${patience(longest.stream)} if { var(txn.call) -m str ${streams.join(' ')} }
    server engine "\${PROXY_ENGINE}"
`;
}

function rule(endpoint: EngineEndpoint): string {
  const path = `'^(/v1\\.[0-9]+)?${endpointPattern(endpoint)}$'`;
  return `    http-request set-var(txn.call) str(${endpoint.name}) if { method ${endpoint.method} } { path_reg ${path} }`;
}

/** In haproxy's words. */
function patience(longest: number): string {
  return `${Math.ceil((longest + margin) / 1000)}s`;
}
