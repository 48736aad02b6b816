import { z } from 'zod';

/** One thing that is wrong, and where: `path` leads to it from the value that was checked. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What `schema` finds wrong in `value`, in words like Slack's. Empty when it is right. */
export function problemsOf(schema: z.ZodType, value: unknown): readonly Problem[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.map((issue) => ({ path: issue.path, message: inSlacksWords(issue) }));
}

/** `must be less than 151 characters [json-pointer:/blocks/0/text/text]` */
export function pointed({ path, message }: Problem, root: string): string {
  return `${message} [json-pointer:${[root, ...path].map((step) => `/${String(step)}`).join('')}]`;
}

/** One of several objects that their `type` tells apart; what is wrong is told of the one that was meant. */
export function oneOf(schemas: Readonly<Record<string, z.ZodType>>): z.ZodType {
  const table = new Map(Object.entries(schemas));
  return z.looseObject({ type: z.string() }).superRefine((value, context) => {
    const schema = table.get(value.type);
    const problems =
      schema === undefined
        ? [{ path: ['type'], message: `unsupported type: ${value.type}` }]
        : problemsOf(schema, value);
    for (const { path, message } of problems) context.addIssue({ code: 'custom', path: [...path], message });
  });
}

/** The named ones of a table of schemas. */
export function only<Name extends string>(
  schemas: Readonly<Record<Name, z.ZodType>>,
  names: readonly NoInfer<Name>[],
): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries(names.map((name) => [name, schemas[name]]));
}

function inSlacksWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') {
    return issue.origin === 'string'
      ? `must be less than ${Number(issue.maximum) + 1} characters`
      : `no more than ${issue.maximum} items allowed`;
  }
  if (issue.code === 'too_small') {
    return issue.origin === 'string'
      ? `must be more than ${Number(issue.minimum) - 1} characters`
      : `must provide at least ${issue.minimum} items`;
  }
  if (issue.code === 'unrecognized_keys') return `unsupported property: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_type') return `must provide a ${issue.expected}`;
  return issue.message;
}
