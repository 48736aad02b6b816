import type { EventLog, SwarmEvent } from '../events.ts';
import { nanoText, parseMoment } from '../moment.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import { type Answer, type Asked } from './answer.ts';
import type { EngineParts } from './engine.ts';
import { type Filters, filtersIn } from './filters.ts';

const accepted = [
  'config',
  'container',
  'daemon',
  'event',
  'image',
  'label',
  'network',
  'node',
  'plugin',
  'scope',
  'secret',
  'service',
  'type',
  'volume',
];

/** What is remembered since then, if it is asked for; and then what happens, until then if it is said. */
export function events({ events: log, world }: EngineParts, { query }: Asked): Answer {
  const filters = filtersIn(query, accepted);
  const since = momentIn(query, 'since');
  const until = momentIn(query, 'until');
  return {
    kind: 'stream',
    contentType: 'application/json',
    write(response) {
      response.flushHeaders();
      const write = (event: SwarmEvent) => {
        if (isWanted(event, filters)) response.write(`${eventText(event)}\n`);
      };
      if (since !== undefined)
        for (const event of remembered(log, since)) if (event.at <= (until ?? Infinity)) write(event);
      const end = () => void response.end();
      if (until !== undefined && until <= world.clock.now()) {
        end();
        return () => {};
      }
      return follow(log, world.clock, { write, until, end });
    },
  };
}

interface Following {
  readonly write: (event: SwarmEvent) => void;
  readonly until: number | undefined;
  readonly end: () => void;
}

function follow(log: EventLog, clock: Clock, { write, until, end }: Following): () => void {
  const stopListening = log.listen(write);
  const callOff = until === undefined ? () => {} : clock.after(until - clock.now(), () => stop(end));
  const stop = (then: () => void) => {
    stopListening();
    callOff();
    then();
  };
  return () => stop(() => {});
}

/** Replay goes back until the first event that is older, and a manager's events are not in the order of time. */
function remembered(log: EventLog, since: number): readonly SwarmEvent[] {
  const all = log.remembered();
  const older = all.findLastIndex(({ at }) => Math.floor(at) < Math.floor(since));
  return all.slice(older + 1);
}

function momentIn(query: URLSearchParams, key: string): number | undefined {
  const text = query.get(key) ?? '';
  if (text === '') return undefined;
  const parsed = parseMoment(text);
  if (parsed === undefined) throw new Refusal(400, `strconv.ParseInt: parsing "${text}": invalid syntax`);
  return parsed;
}

function isWanted({ type, action, id, scope, attributes }: SwarmEvent, filters: Filters): boolean {
  const matches = (key: string, ...values: readonly (string | undefined)[]) =>
    !filters.has(key) || filters.get(key).some((wanted) => values.includes(wanted));
  const names = (kind: string) =>
    !filters.has(kind) || (type === kind && matches(kind, id, attributes['name']));
  const labels = filters.get('label').every((label) => {
    const [key = '', ...value] = label.split('=');
    return key in attributes && (value.length === 0 || attributes[key] === value.join('='));
  });
  const [plainAction = action] = action.split(':');
  return (
    matches('type', type) &&
    matches('event', action, plainAction) &&
    matches('scope', scope) &&
    labels &&
    ['config', 'container', 'image', 'network', 'node', 'secret', 'service'].every(names)
  );
}

function eventText({ type, action, id, attributes, scope, at }: SwarmEvent): string {
  const from = attributes['image'] ?? '';
  const old =
    type === 'container'
      ? `"status":${JSON.stringify(action)},"id":"${id}","from":${JSON.stringify(from)},`
      : '';
  const actor = JSON.stringify({ ID: id, Attributes: attributes });
  return `{${old}"Type":"${type}","Action":${JSON.stringify(action)},"Actor":${actor},"scope":"${scope}","time":${Math.floor(at / 1000)},"timeNano":${nanoText(at)}}`;
}
