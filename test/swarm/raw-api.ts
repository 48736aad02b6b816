import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Talks to an engine past the adapter, without a version. Gives the body; rejects for anything but 2xx. */
export async function rawApi(
  socketPath: string,
  method: string,
  path: string,
  body?: object,
): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const outgoing = request({ socketPath, method, path, headers, signal: AbortSignal.timeout(30_000) });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve).once('error', reject);
  });
  const answer = await text(response);
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return answer;
  throw new Error(`${method} ${path}: HTTP ${status}: ${answer}`);
}
