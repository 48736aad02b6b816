import type { LogEntry, LogLine } from '../swarm/log-entry.ts';
import { type LogFrame, logFrames } from './log-frames.ts';

/** Characters of a line that are kept. The daemon splits what is longer than 16 KB into several messages. */
const longestLine = 16_384;
/** Room for the time and the details before a line. */
const longestFrame = longestLine + 8_192;

/**
 * The lines of a log that was asked for with `timestamps` and `details`, as they come: no order across tasks.
 * A line that the daemon split has its beginning alone, as that is as long as a line may get here.
 * @throws GarbledLog
 */
export async function* logEntries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LogEntry> {
  const unended = new Set<string>();
  for await (const frame of logFrames(chunks, longestFrame)) {
    const text = frame.bytes.toString('utf8');
    if (frame.stream === 3) {
      yield { kind: 'gap', text: text.trim() };
      continue;
    }
    const ends = text.endsWith('\n');
    const line = logLine(frame, text, ends);
    const writer = `${line.task} ${line.stream}`;
    const continues = unended.has(writer);
    if (ends) unended.delete(writer);
    else unended.add(writer);
    if (!continues) yield line;
  }
}

/** `TIME DETAILS TEXT`. Source: moby daemon/server/httputils/write_log_stream.go */
function logLine({ stream, whole }: LogFrame, text: string, ends: boolean): LogLine {
  const [, time = '', details = '', rest = text] =
    /^(\d{4}-\d\d-\d\dT[\d:.]+Z?) (\S*=\S*) ([^]*)$/.exec(text) ?? [];
  const ids = parseDetails(details);
  const written = rest.replace(/\r?\n$/, '');
  return {
    kind: 'line',
    stream: stream === 2 ? 'stderr' : 'stdout',
    time,
    node: ids.get('com.docker.swarm.node.id') ?? '',
    task: ids.get('com.docker.swarm.task.id') ?? '',
    text: written.slice(0, longestLine).toWellFormed(),
    cut: !whole || !ends || written.length > longestLine,
  };
}

/** `KEY=VALUE,KEY=VALUE`, each encoded as in a query. */
function parseDetails(details: string): ReadonlyMap<string, string> {
  return new Map(new URLSearchParams(details.replaceAll(',', '&')));
}
