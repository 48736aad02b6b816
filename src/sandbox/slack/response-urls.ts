import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.ts';

const lifetime = 30 * 60_000;
const mostUses = 5;

/** What a response_url answers: a command, or a click on a message. */
export interface Origin {
  readonly channel: string;
  readonly user: string;
  /** `ts` of the message that was clicked; null for a command. */
  readonly message: string | null;
  readonly thread: string | null;
}

/** response_urls: five uses in thirty minutes. */
export interface ResponseUrls {
  /** @returns the path, from the workspace's root. */
  issue(origin: Origin): string;
  /** @throws Refusal `no_service`, `used_url` or `expired_url`. */
  use(path: string): Origin;
}

export function createResponseUrls(now: () => number): ResponseUrls {
  const issued = new Map<string, { readonly origin: Origin; readonly expiresAt: number; uses: number }>();
  return {
    issue(origin) {
      const path = `/${origin.message === null ? 'commands' : 'actions'}/${randomUUID()}`;
      issued.set(path, { origin, expiresAt: now() + lifetime, uses: 0 });
      return path;
    },
    use(path) {
      const url = issued.get(path);
      if (url === undefined) throw new Refusal('no_service');
      if (now() > url.expiresAt) throw new Refusal('expired_url');
      if (url.uses >= mostUses) throw new Refusal('used_url');
      url.uses += 1;
      return url.origin;
    },
  };
}
