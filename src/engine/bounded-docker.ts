import { callbackify } from 'node:util';
import Dockerode from 'dockerode';
import { z } from 'zod';
import type { EngineCall } from './engine-calls.ts';
import type { EngineSubject } from './engine-subject.ts';

const AuthConfig = z.object({ base64: z.string() }).optional();

/** What dockerode hands to its modem; `_body` is JSON text, and options without `_query` are the query themselves. */
const DialOptions = z.object({
  path: z.string(),
  method: z.string(),
  authconfig: AuthConfig,
  options: z
    .object({
      _query: z.record(z.string(), z.string()).optional(),
      _body: z.string().optional(),
      authconfig: AuthConfig,
    })
    .catchall(z.union([z.string(), z.boolean()]).transform(String))
    .default({}),
});

/**
 * dockerode knows the paths and methods of the Engine API; the exchange itself is ours. Its own docker-modem takes
 * DOCKER_HOST over what it is told, follows redirects anywhere (and throws where nobody catches when it can't), has no
 * deadline for a body, and rounds integers.
 * Every method gives the answer's body as text.
 */
export function boundedDocker(
  call: EngineCall,
  subject: Omit<EngineSubject, 'method' | 'path'>,
  signal?: AbortSignal,
): Dockerode {
  const dial = callbackify((dialed: unknown) => {
    const { path, method, options, authconfig } = DialOptions.parse(dialed);
    const { _query, _body, authconfig: _again, ...plain } = options;
    const [plainPath = path] = path.split('?');
    const query = new URLSearchParams(_query ?? plain).toString();
    const headers = authconfig && { 'X-Registry-Auth': authconfig.base64 };
    const request = { method, path: plainPath, query, body: _body, headers };
    return call(request, { ...subject, method, path: plainPath }, signal);
  });
  const parts = { Promise, modem: { dial } };
  return new Dockerode(parts);
}
