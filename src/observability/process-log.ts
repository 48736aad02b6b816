import { type DestinationStream, type Level, type Logger, pino, stdSerializers } from 'pino';
import { maskText } from '../swarm/masking.ts';

/**
 * The log of the process: a line of JSON for each entry, on stdout. Failures quote what was typed and what engines said, so
 * their texts are masked as an answer's are.
 */
export function processLog(level: Level | 'silent', destination?: DestinationStream): Logger {
  const options = {
    name: 'shipmate',
    level,
    // pino knows errors under `err` alone; without this, `error` would be logged as {}.
    serializers: {
      error: (error: unknown) => masked(plain(error)),
      ending: (ending: unknown) => masked(ending),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function plain(error: unknown): unknown {
  return error instanceof Error ? stdSerializers.err(error) : error;
}

/** What an error bears may lead back to itself. */
const deepest = 8;

function masked(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.map((item) => masked(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner, depth + 1)]));
}
