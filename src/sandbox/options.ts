import { parseArgs } from 'node:util';
import { z } from 'zod';

export const usage = `npm run sandbox -- [OPTIONS]

  --port N          serve the page on this port (7788, or another when that one is taken)
  --engine HOST     use a real engine: unix:///var/run/docker.sock, tcp://… or ssh://… (default: DOCKER_HOST, when it is set)
  --help
`;

/** What the sandbox is started with. */
export interface SandboxOptions {
  /** Null for the usual port, or another when that one is taken. */
  readonly port: number | null;
  /** A real engine's address; null for the default. */
  readonly engine: string | null;
  readonly help: boolean;
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);
const port = wholeNumber(1, 65_535);

/** @throws Error with a sentence that says what is wrong. */
export function readOptions(words: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...words],
    options: { port: { type: 'string' }, engine: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  return {
    port: values.port === undefined ? null : numberIn(port, '--port', values.port, 'from 1 to 65535'),
    engine: values.engine ?? null,
    help: values.help ?? false,
  };
}

function numberIn(schema: z.ZodType<number>, flag: string, text: string, range: string): number {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Error(`${flag} takes a whole number ${range}, not "${text}".`);
}
