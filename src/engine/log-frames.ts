/** What a log holds one after the other: a message of the log driver with its prefix, or a line of a terminal. */
export interface LogFrame {
  /** 1 is stdout, 2 stderr, 3 the engine's own errors; terminals have stdout alone. */
  readonly stream: number;
  readonly bytes: Buffer;
  /** False when it was longer than the limit, or the log ended within it. */
  readonly whole: boolean;
}

/** What isn't a log, or not one any more. */
export class GarbledLog extends Error {
  override readonly name = 'GarbledLog';
}

const newline = 0x0a;
const headerSize = 8;

/**
 * Takes a log's body apart, whatever the borders of its chunks. Frames are `[stream, 0, 0, 0, length as BE32]` and so
 * many bytes; services with a terminal have none, but lines. Which of the two it is shows in the first byte, as every line
 * is asked for with its time: no line begins with a byte below 4.
 * Source: https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerAttach
 * @param limit bytes of a frame that are kept at most
 * @throws GarbledLog
 */
export async function* logFrames(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<LogFrame> {
  const header = boundedBytes(headerSize);
  const content = boundedBytes(limit);
  let isTerminal: boolean | undefined;
  let frame: { readonly stream: number; left: number } | undefined;
  for await (const chunk of chunks) {
    isTerminal ??= chunk[0] === undefined ? undefined : chunk[0] > 3;
    let at = 0;
    while (at < chunk.length) {
      if (isTerminal === true) {
        const end = chunk.indexOf(newline, at);
        const next = end < 0 ? chunk.length : end + 1;
        content.add(chunk.subarray(at, next));
        at = next;
        if (end >= 0) yield { stream: 1, ...content.take() };
        continue;
      }
      if (frame === undefined) {
        const next = Math.min(chunk.length, at + headerSize - header.size());
        header.add(chunk.subarray(at, next));
        at = next;
        if (header.size() < headerSize) continue;
        frame = parseHeader(header.take().bytes);
      }
      const next = Math.min(chunk.length, at + frame.left);
      content.add(chunk.subarray(at, next));
      frame.left -= next - at;
      at = next;
      if (frame.left > 0) continue;
      yield { stream: frame.stream, ...content.take() };
      frame = undefined;
    }
  }
  if (content.size() > 0) yield { stream: frame?.stream ?? 1, bytes: content.take().bytes, whole: false };
}

function parseHeader(header: Buffer): { readonly stream: number; left: number } {
  const [stream = 0, ...zeros] = header.subarray(0, 4);
  if (stream > 3 || zeros.some((byte) => byte !== 0)) {
    throw new GarbledLog(`a frame begins with ${header.toString('hex')}`);
  }
  return { stream, left: header.readUInt32BE(4) };
}

/** Gathers bytes, and drops what is beyond the limit. */
function boundedBytes(limit: number) {
  let parts: Uint8Array[] = [];
  let size = 0;
  return {
    /** Of all that was added, also of what was dropped. */
    size: () => size,
    add(bytes: Uint8Array): void {
      if (size < limit) parts.push(bytes.subarray(0, limit - size));
      size += bytes.length;
    },
    take(): { readonly bytes: Buffer; readonly whole: boolean } {
      const taken = { bytes: Buffer.concat(parts), whole: size <= limit };
      parts = [];
      size = 0;
      return taken;
    },
  };
}
