import type { IncomingMessage } from 'node:http';

type Headed = Pick<IncomingMessage, 'headers'>;

/**
 * Whether a request was meant for this machine by name. A site that points its own name at 127.0.0.1 (DNS rebinding) sends
 * that name in Host.
 */
export function isForHere({ headers }: Headed): boolean {
  const host = URL.parse(`http://${headers.host ?? ''}`)?.hostname ?? '';
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host);
}

/** Whether a WebSocket was opened by the page itself: browsers put the opener's origin in Origin, and no page can change it. */
export function isFromHere({ headers }: Headed): boolean {
  return isForHere({ headers }) && headers.origin === `http://${headers.host ?? ''}`;
}
