import type { z } from 'zod';
import { nearest } from '../swarm/nearest.ts';
import { valueAt } from './config-draft.ts';
import { configSchema } from './config-schema.ts';
import type { Mistake } from './mistake.ts';
import type { Path } from './problem.ts';
import { quoted } from './quoted.ts';
import { exampleAt, keysAt } from './schema-at.ts';

type Issue = z.core.$ZodIssue;

/** Everything that the schema finds wrong with a configuration. */
export function shapeMistakes(value: unknown): readonly Mistake[] {
  const parsed = configSchema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => mistakesOf(issue, value));
}

function mistakesOf(issue: Issue, value: unknown): readonly Mistake[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
  const message =
    issue.code === 'invalid_type' ? wrongType(issue.expected, valueAt(value, path)) : issue.message;
  return [{ path, of: 'value', message }];
}

function unknownKey(path: Path, key: string): Mistake {
  const known = keysAt(path);
  const near = nearest(key, known);
  const advice = near === undefined ? `expected ${known.join(', ')}` : `did you mean ${quoted(near)}?`;
  const example = exampleAt(near === undefined ? path : [...path, near]);
  return {
    path: [...path, key],
    of: 'key',
    message: `there is no key ${quoted(key)} here; ${advice}`,
    ...(example === undefined ? {} : { example }),
  };
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function wrongType(expected: string, found: unknown): string {
  const wanted = typeNames[expected] ?? expected;
  if (found === undefined) return `is missing; expected ${wanted}`;
  return `expected ${wanted}, found ${foundName(found)}${
    expected === 'string' && typeof found !== 'object' ? '; put it in quotes' : ''
  }`;
}

function foundName(found: unknown): string {
  if (found === null) return 'nothing (text after a # is a comment)';
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'string') return `the text ${quoted(found)}`;
  if (typeof found === 'number') return `the number ${found}`;
  return typeof found === 'boolean' ? `the truth value ${found}` : 'a map';
}
