import { asObject, type Json } from '../../../src/sandbox/slack/json.ts';
import type { Workspace } from '../../../src/sandbox/slack/workspace.ts';

/** Calls a method as the SDK does: a form, with what is nested as JSON text. @returns the answer. */
export async function asForm(
  { apiUrl, credentials }: Workspace,
  method: string,
  args: Json,
  token = credentials.botToken,
): Promise<Json> {
  const fields = Object.entries(args).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const body = new URLSearchParams([...fields, ['token', token]]);
  return jsonOf(await fetch(apiUrl + method, { method: 'POST', body }));
}

/** The same as JSON, with the token in a header. */
export async function asJson({ apiUrl, credentials }: Workspace, method: string, args: Json): Promise<Json> {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    authorization: `Bearer ${credentials.botToken}`,
  };
  return jsonOf(await fetch(apiUrl + method, { method: 'POST', body: JSON.stringify(args), headers }));
}

export async function jsonOf(response: Response): Promise<Json> {
  return asObject(await response.json()) ?? {};
}
