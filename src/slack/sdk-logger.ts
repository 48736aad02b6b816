import { type Logger, LogLevel } from '@slack/logger';
import type { Log } from './log.ts';

/**
 * Slack's SDK logs through ours. What it says at its debug level is left out whatever our level is: whole payloads, with
 * everything that people typed.
 */
export function sdkLogger(log: Log): Logger {
  return {
    debug() {},
    info: (...said) => log.info({}, sentence(said)),
    warn: (...said) => log.warn({}, sentence(said)),
    error: (...said) => log.error({}, sentence(said)),
    getLevel: () => LogLevel.INFO,
    setLevel() {},
    setName() {},
  };
}

function sentence(said: readonly unknown[]): string {
  return said.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
}
