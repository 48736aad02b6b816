import { Refusal } from '../refusal.ts';
import type { Answer, Asked } from './answer.ts';
import { containerLogs, containerStats, inspectContainer, listContainers } from './containers.ts';
import { distribution } from './distribution.ts';
import { type EngineParts, requireManager } from './engine.ts';
import { events } from './event-stream.ts';
import { keepsakeRoutes } from './keepsakes.ts';
import { serviceLogs, taskLogs } from './log-stream.ts';
import { createNetwork, inspectNetwork, listNetworks, removeNetwork } from './networks.ts';
import { inspectNode, listNodes, removeNode, updateNode } from './nodes.ts';
import { createService, inspectService, listServices, removeService, updateService } from './services.ts';
import { info, inspectSwarm, leaveSwarm, ping, version } from './system.ts';
import { inspectTask, listTasks } from './tasks.ts';

type Handler = (engine: EngineParts, asked: Asked) => Answer;

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: Handler;
}

/** `:` stands for one part of a path, `*` for an image's name, which has slashes in it. */
function route(line: string, handle: Handler): Route {
  const [method = '', path = ''] = line.split(' ');
  const pattern = path.replaceAll('*', '(.+)').replaceAll(':', '([^/]+)');
  return { method, pattern: new RegExp(`^${pattern}$`), handle };
}

/** What managers alone can tell. */
function managed(handle: Handler): Handler {
  return (engine, asked) => {
    requireManager(engine);
    return handle(engine, asked);
  };
}

function missing(answer: (name: string) => string): Handler {
  return (_, { params: [name = ''] }) => {
    throw new Refusal(404, answer(name));
  };
}

const secrets = keepsakeRoutes('secret');
const configs = keepsakeRoutes('config');

export const routes: readonly Route[] = [
  route('GET /_ping', ping),
  route('HEAD /_ping', ping),
  route('GET /version', version),
  route('GET /info', info),
  route('GET /events', events),
  route('GET /swarm', managed(inspectSwarm)),
  route('POST /swarm/leave', leaveSwarm),
  route('GET /services', managed(listServices)),
  route('POST /services/create', managed(createService)),
  route('GET /services/:', managed(inspectService)),
  route('POST /services/:/update', managed(updateService)),
  route('DELETE /services/:', managed(removeService)),
  route('GET /services/:/logs', managed(serviceLogs)),
  route('GET /tasks', managed(listTasks)),
  route('GET /tasks/:', managed(inspectTask)),
  route('GET /tasks/:/logs', managed(taskLogs)),
  route('GET /nodes', managed(listNodes)),
  route('GET /nodes/:', managed(inspectNode)),
  route('POST /nodes/:/update', managed(updateNode)),
  route('DELETE /nodes/:', managed(removeNode)),
  route('GET /networks', listNetworks),
  route('GET /networks/:', inspectNetwork),
  route('POST /networks/create', managed(createNetwork)),
  route('DELETE /networks/:', managed(removeNetwork)),
  route('GET /secrets', managed(secrets.list)),
  route('POST /secrets/create', managed(secrets.create)),
  route('GET /secrets/:', managed(secrets.inspect)),
  route('POST /secrets/:/update', managed(secrets.update)),
  route('DELETE /secrets/:', managed(secrets.remove)),
  route('GET /configs', managed(configs.list)),
  route('POST /configs/create', managed(configs.create)),
  route('GET /configs/:', managed(configs.inspect)),
  route('POST /configs/:/update', managed(configs.update)),
  route('DELETE /configs/:', managed(configs.remove)),
  route('GET /distribution/*/json', distribution),
  route('GET /containers/json', listContainers),
  route('GET /containers/:/json', inspectContainer),
  route('GET /containers/:/logs', containerLogs),
  route('GET /containers/:/stats', containerStats),
  route(
    'GET /images/*/json',
    missing((name) => `No such image: ${name.includes(':') ? name : `${name}:latest`}`),
  ),
  route(
    'GET /volumes/:',
    missing((name) => `get ${name}: no such volume`),
  ),
  route(
    'GET /plugins/:/json',
    missing((name) => `plugin ${JSON.stringify(name)} not found`),
  ),
];
