import type { Duplex } from 'node:stream';

/**
 * Refuses an upgrade. Node has taken its own listener off such a stream: without one here a client that is gone would end
 * the process, and one that never closes would keep the server from closing.
 * @param status `403 Forbidden`
 */
export function turnAway(stream: Duplex, status: string): void {
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
}
