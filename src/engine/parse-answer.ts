import type { z } from 'zod';
import { EngineFailure } from './engine.ts';
import { type EngineSubject, engineName } from './engine-subject.ts';

/**
 * Parses an engine's answer and checks its shape. What is given is the answer itself, not zod's copy of it: a copy
 * would reorder its fields and drop a label called `__proto__`.
 * @throws EngineFailure `garbled`, naming the field but not its value, which may be secret
 */
export function parseAnswer<T>(schema: z.ZodType<T>, text: string, subject: EngineSubject): T {
  const json = parseJson(text, subject);
  checkShape(schema, json, [], subject);
  return json;
}

/** A list: an engine's `null` is an empty one. */
export function parseList<T>(item: z.ZodType<T>, text: string, subject: EngineSubject): readonly T[] {
  const json = parseJson(text, subject);
  if (json === null) return [];
  if (!Array.isArray(json)) throw garbled(subject, 'with something else than a list');
  return json.map((value: unknown, index) => {
    checkShape(item, value, [index], subject);
    return value;
  });
}

function checkShape<T>(
  schema: z.ZodType<T>,
  value: unknown,
  at: readonly PropertyKey[],
  subject: EngineSubject,
): asserts value is T {
  const result = schema.safeParse(value);
  if (result.success) return;
  const [issue] = result.error.issues;
  const field = [...at, ...(issue?.path ?? [])].map(String).join('.') || 'the whole';
  throw garbled(subject, `with another shape than expected: ${field}: ${issue?.message ?? 'wrong'}`);
}

function parseJson(text: string, subject: EngineSubject): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw garbled(subject, `with ${Buffer.byteLength(text)} bytes that aren't JSON`);
  }
}

function garbled(subject: EngineSubject, how: string): EngineFailure {
  return new EngineFailure(
    'unavailable',
    'garbled',
    `${engineName(subject)} answered ${subject.method} ${subject.path} ${how}.`,
    { uncertain: subject.method !== 'GET' },
  );
}
