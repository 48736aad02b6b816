import { type EngineEndpoint, endpointPattern } from './engine-endpoints.ts';

/**
 * haproxy's configuration for the socket proxy: the engine's API with nothing but these calls, in any version of it.
 * https://docs.haproxy.org/2.6/configuration.html
 */
export function proxyConfig(endpoints: readonly EngineEndpoint[]): string {
  return `# The socket proxy: lets through the calls that Shipmate makes, and no other. Made from src/engine/engine-endpoints.ts
# by \`npm run generate\`; don't edit. What it can't do is in docs/security.md: a service's update is still powerful.
global
    log stdout format raw local0
    maxconn 200

defaults
    mode http
    log global
    option httplog
    option http-ignore-probes
    timeout http-request 10s
    timeout connect 5s
    # A followed log may be silent for long; Shipmate's own deadlines are shorter than these.
    timeout client 10m
    timeout server 10m

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
    server engine "\${PROXY_ENGINE}"
`;
}

function rule(endpoint: EngineEndpoint): string {
  const path = `'^(/v1\\.[0-9]+)?${endpointPattern(endpoint)}$'`;
  return `    http-request set-var(txn.call) str(${endpoint.name}) if { method ${endpoint.method} } { path_reg ${path} }`;
}
