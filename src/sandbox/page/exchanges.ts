import { textOf } from '../slack/controls.ts';
import { asText, objectsIn, type Json } from '../slack/json.ts';
import type { Call, Delivery, Workspace } from '../slack/workspace.ts';
import type { Exchange } from './protocol.ts';

/** So many are kept for pages that are opened later. */
const mostKept = 500;

/** What went between the app and the workspace, the newest last. */
export interface Exchanges extends Disposable {
  readonly recent: readonly Exchange[];
}

/** @param told is called with each new one. @param now milliseconds since 1970. */
export function recordExchanges(
  workspace: Pick<Workspace, 'on'>,
  now: () => number,
  told: (exchange: Exchange) => void,
): Exchanges {
  const recent: Exchange[] = [];
  let count = 0;

  function keep(parts: Omit<Exchange, 'id' | 'ms'>): void {
    count += 1;
    const exchange = { ...parts, id: count, ms: Math.max(0, now() - parts.at) };
    recent.push(exchange);
    if (recent.length > mostKept) recent.shift();
    told(exchange);
  }
  const stop = workspace.on((happening) => {
    if (happening.kind === 'call') keep(ofCall(happening.call));
    if (happening.kind === 'delivery') keep(ofDelivery(happening.delivery));
  });
  return { recent, [Symbol.dispose]: stop };
}

function ofCall({ method, args, status, answer, at }: Call): Omit<Exchange, 'id' | 'ms'> {
  const isWell = status === 200 && answer['ok'] !== false;
  const error = asText(answer['error']);
  return {
    from: 'app',
    name: method,
    payload: unfolded(args),
    answer,
    status: error === undefined ? String(status) : `${status} ${error}`,
    isWell,
    at,
  };
}

function ofDelivery({ type, payload, retry, acknowledgement, at }: Delivery): Omit<Exchange, 'id' | 'ms'> {
  const isWell = acknowledgement.kind === 'acknowledged';
  const again = retry === null ? '' : `, retry ${retry.attempt}`;
  return {
    from: 'workspace',
    name: `${type === 'slash_commands' ? 'slash_command' : kindOf(payload)} ${titleOf(payload)}`.trim(),
    payload,
    answer: isWell ? acknowledgement.payload : null,
    status: (acknowledgement.kind === 'failed' ? acknowledgement.reason : acknowledgement.kind) + again,
    isWell,
    at,
  };
}

function kindOf(payload: Json): string {
  const [event] = objectsIn([payload['event']]);
  return asText(event?.['type']) ?? asText(payload['type']) ?? '';
}

/** What tells one payload from others of its kind. */
function titleOf(payload: Json): string {
  const command = asText(payload['command']);
  if (command !== undefined) return `${command} ${asText(payload['text']) ?? ''}`;
  const [action] = objectsIn(payload['actions']);
  if (action !== undefined) return textOf(action['text']) || (asText(action['action_id']) ?? '');
  const [event, view] = [...objectsIn([payload['event'] ?? {}]), ...objectsIn([payload['view'] ?? {}])];
  return asText(event?.['text']) ?? textOf(view?.['title']);
}

/** Arguments come as JSON inside of a form: nested values are shown as what they stand for. */
function unfolded(args: Json): Json {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, nested(value)]));
}

function nested(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
