import { type Config, configSchema } from './config-schema.ts';
import { crossChecks, type Known } from './cross-checks.ts';
import { formatPath, type Position, type Problem } from './problem.ts';
import { exampleAt } from './schema-at.ts';
import { shapeMistakes } from './shape-mistakes.ts';
import { yamlDocument } from './yaml-document.ts';

export type ParsedConfig = { readonly config: Config } | { readonly problems: readonly Problem[] };

/**
 * Reads a configuration: all of it is right, or every mistake is told, in the order of its lines. An empty text is right,
 * and allows nothing.
 * @param source what the text is called in the mistakes: the file's name.
 */
export function parseConfig(source: string, text: string, known: Known): ParsedConfig {
  const document = yamlDocument(text);
  const value = withoutEmptySections(document.value ?? {});
  const mistakes =
    document.value === undefined ? [] : [...shapeMistakes(value), ...crossChecks(value, known)];
  const problems: readonly Problem[] = [
    ...document.mistakes.map(({ position, message }) => ({ source, position, path: '', message })),
    ...mistakes.map(({ path, of, message, example }) => ({
      source,
      position: document.position(path, of),
      path: formatPath(path),
      message,
      example: example ?? exampleAt(path),
    })),
  ];
  if (problems.length > 0) return { problems: problems.toSorted(byPosition) };
  return { config: configSchema.parse(value) };
}

/** `deny:` with all of its entries commented out says null, and means what is to be seen: none. */
function withoutEmptySections(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null));
}

function byPosition(a: Problem, b: Problem): number {
  return order(a.position) - order(b.position);
}

function order(position: Position | undefined): number {
  return position ? position.line * 1e6 + position.column : 0;
}
