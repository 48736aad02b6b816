import type { EventLog, SwarmEvent } from '../events.ts';
import { nanoText, parseMoment } from '../moment.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import { type Answer, type Asked } from './answer.ts';
import type { EngineParts } from './engine.ts';
import { parseImage } from '../image-reference.ts';
import { type Filters, filtersIn, hasLabels } from './filters.ts';

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

/** Names are matched by how they begin, whatever the event is about (moby, daemon/events/filter.go). */
function isWanted({ type, action, id, scope, attributes }: SwarmEvent, filters: Filters): boolean {
  const exact = (key: string, ...values: readonly string[]) =>
    !filters.has(key) || filters.get(key).some((wanted) => values.includes(wanted));
  const beginning = (key: string, ...values: readonly string[]) =>
    !filters.has(key) || values.some((value) => filters.get(key).some((prefix) => value.startsWith(prefix)));
  const hasArguments = filters
    .get('event')
    .some((word) => /^(health_status|exec_create|exec_start)$/.test(word));
  const image = attributes['image'] ?? '';
  return (
    exact('type', type) &&
    (hasArguments ? beginning('event', action) : exact('event', action)) &&
    exact('scope', scope) &&
    hasLabels(attributes, filters.get('label')) &&
    exact('image', id, image, parseImage(image)?.familiar ?? image) &&
    kinds.every((kind) => beginning(kind, id, attributes['name'] ?? ''))
  );
}

const kinds = ['config', 'container', 'network', 'node', 'plugin', 'secret', 'service', 'volume'];

function eventText({ type, action, id, attributes, scope, at }: SwarmEvent): string {
  const from = attributes['image'] ?? '';
  const old =
    type === 'container'
      ? `"status":${JSON.stringify(action)},"id":"${id}","from":${JSON.stringify(from)},`
      : '';
  const actor = JSON.stringify({ ID: id, Attributes: attributes });
  return `{${old}"Type":"${type}","Action":${JSON.stringify(action)},"Actor":${actor},"scope":"${scope}","time":${Math.floor(at / 1000)},"timeNano":${nanoText(at)}}`;
}
