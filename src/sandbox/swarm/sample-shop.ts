import type { Program } from './program.ts';
import type { SwarmOptions } from './swarm.ts';

const registry = 'registry.example/shop';
const hour = 3_600_000;

/**
 * A small shop on five nodes that has been running for two hours: a stack of services of every mode, images with several
 * tags each, and everything well. For `startSwarm(sampleShop())`.
 */
export function sampleShop(): SwarmOptions {
  return {
    nodes: [
      { name: 'manager-1', role: 'manager', labels: { zone: 'a' } },
      { name: 'worker-1', labels: { zone: 'a', disk: 'ssd' } },
      { name: 'worker-2', labels: { zone: 'b', disk: 'ssd' } },
      { name: 'worker-3', labels: { zone: 'b' } },
      { name: 'worker-4', labels: { zone: 'c' } },
    ],
    age: 2 * hour,
    images: [
      ...['1.4.0', '1.4.1', '1.5.0'].map((tag) => ({
        name: `${registry}/web:${tag}`,
        program: webServer(tag),
      })),
      ...['2.0.0', '2.1.0'].map((tag) => ({ name: `${registry}/api:${tag}`, program: apiServer(tag) })),
      { name: `${registry}/worker:7`, program: worker },
      { name: 'postgres:17', program: quiet('database system is ready to accept connections') },
      { name: 'redis:8', program: quiet('Ready to accept connections tcp') },
      { name: 'traefik:3', program: quiet('Configuration loaded') },
      { name: `${registry}/backup:1`, program: backup },
    ],
    networks: ['shop_default'],
    services: [
      shopService('proxy', 'traefik:3', {
        mode: { Global: {} },
        ports: [{ TargetPort: 80, PublishedPort: 80, PublishMode: 'host' }],
      }),
      shopService('web', `${registry}/web:1.4.0`, {
        mode: { Replicated: { Replicas: 4 } },
        env: ['NODE_ENV=production', 'SESSION_SECRET=not-for-anybodys-eyes'],
        ports: [{ TargetPort: 8080, PublishedPort: 8080 }],
        update: { Parallelism: 1, Order: 'start-first', FailureAction: 'rollback' },
      }),
      shopService('api', `${registry}/api:2.0.0`, {
        mode: { Replicated: { Replicas: 3 } },
        env: ['DATABASE_URL=postgres://shop:hunter2@db/shop'],
        task: { Placement: { Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }] } },
      }),
      shopService('worker', `${registry}/worker:7`, {
        mode: { Replicated: { Replicas: 2 } },
        task: { Resources: { Reservations: { MemoryBytes: 256 * 1024 ** 2 } } },
      }),
      shopService('db', 'postgres:17', {
        mode: { Replicated: { Replicas: 1 } },
        env: ['POSTGRES_PASSWORD=hunter2'],
        task: { Placement: { Constraints: ['node.labels.disk==ssd'], MaxReplicas: 1 } },
      }),
      shopService('cache', 'redis:8', { mode: { Replicated: { Replicas: 1 } } }),
      shopService('backup', `${registry}/backup:1`, {
        mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
      }),
    ],
  };
}

interface ShopService {
  readonly mode: object;
  readonly env?: readonly string[];
  readonly ports?: readonly object[];
  readonly update?: object;
  readonly task?: object;
}

function shopService(name: string, image: string, { mode, env, ports, update, task }: ShopService): object {
  return {
    Name: `shop_${name}`,
    Labels: { 'com.docker.stack.namespace': 'shop', 'com.docker.stack.image': image },
    TaskTemplate: {
      ...task,
      ContainerSpec: {
        Image: image,
        Labels: { 'com.docker.stack.namespace': 'shop' },
        ...(env && { Env: env }),
      },
      Networks: [{ Target: 'shop_default', Aliases: [name] }],
    },
    Mode: mode,
    ...(update && { UpdateConfig: update }),
    ...(ports && { EndpointSpec: { Ports: ports } }),
  };
}

const paths = ['/', '/cart', '/products/42', '/checkout', '/products/7', '/search?q=rope'];

function webServer(version: string): Program {
  return {
    command: ['node', 'server.js'],
    opening: [{ stream: 'stdout', text: `shop web ${version} listens on :8080` }],
    ticking: { every: 4000, line: (n) => `GET ${paths[n % paths.length]} 200 ${10 + ((n * 7) % 40)}ms` },
    stop: { takes: 300, code: 0 },
  };
}

function apiServer(version: string): Program {
  return {
    command: ['/api'],
    opening: [{ stream: 'stdout', text: `shop api ${version} is ready` }],
    ticking: {
      every: 6000,
      line: (n) => `level=info msg="order placed" order=${1000 + n} total=${20 + ((n * 13) % 200)}.00`,
    },
    stop: { takes: 200, code: 0 },
  };
}

const worker: Program = {
  command: ['/worker'],
  opening: [{ stream: 'stdout', text: 'waiting for jobs' }],
  ticking: { every: 15_000, line: (n) => `sent the mails of batch ${n}` },
  stop: { takes: 1500, code: 0 },
};

const backup: Program = {
  command: ['/backup'],
  opening: [
    { stream: 'stdout', text: 'dumping the database' },
    { stream: 'stdout', text: 'backup written: 1.2 GB' },
  ],
  end: { after: 8000, code: 0 },
  stop: { takes: 100, code: 1 },
};

function quiet(line: string): Program {
  return {
    command: ['/entrypoint.sh'],
    opening: [{ stream: 'stdout', text: line }],
    stop: { takes: 400, code: 0 },
  };
}
