import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Refusal } from '../refusal.ts';
import { type Answer, type Asked, isOlder } from './answer.ts';
import type { EngineParts } from './engine.ts';
import { routes } from './routes.ts';
import { newestApi, oldestApi } from './system.ts';

/** An engine's HTTP face: what `dockerode` and the docker CLI talk to. */
export function engineServer(engine: EngineParts): Server {
  return createServer((request, response) => {
    const { engineVersion } = engine.world.settings;
    response.setHeader('Api-Version', newestApi);
    response.setHeader('Docker-Experimental', 'false');
    response.setHeader('Ostype', 'linux');
    response.setHeader('Server', `Docker/${engineVersion} (linux)`);
    answer(engine, request).then(
      (given) => send(response, given),
      (error: unknown) => send(response, refused(error)),
    );
  });
}

async function answer(engine: EngineParts, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://engine');
  const body = await text(request);
  const [, given, rest] = /^\/v(\d+\.\d+)(\/.*)$/.exec(pathname) ?? [];
  const version = given ?? newestApi;
  if (isOlder(newestApi, version)) {
    const why = `client version ${version} is too new. Maximum supported API version is ${newestApi}`;
    throw new Refusal(400, why);
  }
  if (isOlder(version, oldestApi)) {
    const why = `client version ${version} is too old. Minimum supported API version is ${oldestApi}, please upgrade your client to a newer version`;
    return { kind: 'text', status: 400, text: `${why}\n` };
  }
  const path = rest ?? pathname;
  const method = request.method ?? 'GET';
  for (const route of routes) {
    if (route.method !== method) continue;
    const match = route.pattern.exec(path);
    if (match === null) continue;
    const params = match.slice(1).map(decodeURIComponent);
    const asked: Asked = { method, params, query: searchParams, version, body };
    return route.handle(engine, asked);
  }
  throw new Refusal(404, 'page not found');
}

function refused(error: unknown): Answer {
  const status = error instanceof Refusal ? error.status : error instanceof URIError ? 400 : 500;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'json', status, text: JSON.stringify({ message }) };
}

function send(response: ServerResponse, answer: Answer): void {
  switch (answer.kind) {
    case 'json': {
      const body = Buffer.from(`${answer.text}\n`);
      response.writeHead(answer.status, {
        'Content-Type': 'application/json',
        'Content-Length': body.length,
      });
      response.end(body);
      break;
    }
    case 'text':
      response.writeHead(answer.status, {
        ...answer.headers,
        'Content-Type': 'text/plain; charset=utf-8',
      });
      response.end(answer.text);
      break;
    case 'empty':
      response.writeHead(answer.status, { 'Content-Length': 0 });
      response.end();
      break;
    case 'stream': {
      response.writeHead(200, { 'Content-Type': answer.contentType });
      const stop = answer.write(response);
      response.once('close', stop);
      break;
    }
  }
}
