import { quoted } from './quoted.ts';

/** Where in a configuration something is: `['grants', 1, 'role']`. */
export type Path = readonly (string | number)[];

/** One mistake, fit to be shown to whoever wrote the configuration. */
export interface Problem {
  /** The file, or the environment variable. */
  readonly source: string;
  /** Both from 1; absent where a line means nothing. */
  readonly position?: Position | undefined;
  /** `grants[1].role`; empty for the source as a whole. */
  readonly path: string;
  /** What was found and what was expected. */
  readonly message: string;
  /** What would be right, as one would write it: `role: operator`. */
  readonly example?: string | undefined;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

const mostShown = 50;

/** One line a problem: `shipmate.yml:12:5  grants[1].role: there is no role … Example: role: operator`. */
export function formatProblems(problems: readonly Problem[]): string {
  const lines = problems.slice(0, mostShown).map(formatProblem);
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function formatProblem({ source, position, path, message, example }: Problem): string {
  const place = position ? `${source}:${position.line}:${position.column}` : source;
  const subject = path === '' ? '' : `${path}: `;
  const end = example === undefined ? '' : `${/[.?!]$/.test(message) ? '' : '.'} Example: ${example}`;
  return `${place}  ${subject}${message}${end}`;
}

const plainKey = /^[A-Za-z_][\w-]*$/;

/** `grants[1].role`, `roles["my role"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const shown = quoted(part);
    if (!plainKey.test(part) || shown.slice(1, -1) !== part) return `${text}[${shown}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}
