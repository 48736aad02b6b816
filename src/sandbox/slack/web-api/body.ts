import type { IncomingMessage } from 'node:http';
import { asObject, parseJson, type Json } from '../json.ts';

const mostBytes = 16 * 1024 * 1024;

export interface Body {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** @throws RangeError when there is more than any honest client sends. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw new RangeError('body too large');
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), contentType: request.headers['content-type'] ?? '' };
}

/** Arguments as they came: from a form they are text, files left out. @throws when the body is garbled. */
export async function argumentsOf({ bytes, contentType }: Body): Promise<Json> {
  if (contentType.startsWith('application/json')) return asObject(parseJson(bytes.toString())) ?? {};
  if (contentType.startsWith('multipart/form-data')) {
    const form = await formOf({ bytes, contentType });
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  }
  return Object.fromEntries(new URLSearchParams(bytes.toString()));
}

/** The bytes of an upload: the file in a form, or the body itself. */
export async function uploadOf(body: Body): Promise<Buffer> {
  if (!body.contentType.startsWith('multipart/form-data')) return body.bytes;
  for (const [, value] of await formOf(body)) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}

function formOf({ bytes, contentType }: Body): Promise<FormData> {
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
}
