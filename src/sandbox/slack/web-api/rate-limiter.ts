import { asText, type Json } from '../json.ts';
import type { Rate } from './method.ts';

/** Slack's rate limits: https://docs.slack.dev/apis/web-api/rate-limits */
export interface RateLimiter {
  /** @returns 0 when the call may pass, or the seconds to wait. */
  wait(method: string, rate: Rate, args: Json): number;
}

/** @param now milliseconds since 1970. */
export function createRateLimiter(now: () => number): RateLimiter {
  const passed = new Map<string, readonly number[]>();
  return {
    wait(method, rate, args) {
      const [most, window] = rate === 'post' ? [1, 1000] : [rate, 60_000];
      const key = rate === 'post' ? `${method} ${asText(args['channel']) ?? ''}` : method;
      const recent = (passed.get(key) ?? []).filter((at) => at > now() - window);
      const oldest = recent[0];
      if (oldest !== undefined && recent.length >= most) {
        return Math.max(1, Math.ceil((oldest + window - now()) / 1000));
      }
      passed.set(key, [...recent, now()]);
      return 0;
    },
  };
}
