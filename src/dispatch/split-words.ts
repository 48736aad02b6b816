import { split } from 'shlex';
import { Failure } from '../swarm/failure.ts';

/** Far more than any command needs; short enough to be shown back and kept in the audit log. */
const longestCommand = 4000;

/**
 * Splits a command as a POSIX shell splits words: quotes and backslashes, but no variables, globs or operators.
 * @throws Failure `input` for a quote that isn't closed, for text that is too long and for what only a shell would carry out.
 */
export function splitWords(text: string): readonly string[] {
  if (text.length > longestCommand) {
    throw new Failure(
      'input',
      `This command has ${text.length} characters; ${longestCommand} are the most that Shipmate takes.`,
      { example: 'service ls' },
    );
  }
  const words = closedWords(text);
  const sign = shellSign(text);
  if (sign !== undefined) throw noShell(sign);
  return words;
}

const quotedText = /\\.|'[^']*'|"(?:\\.|[^"\\])*"/gs;

/** What ends a command, or puts another's output in its place, outside of quotes. */
function shellSign(text: string): string | undefined {
  return /;(?=\s|$)|`|\$\(/.exec(text.replaceAll(quotedText, '_'))?.[0];
}

/** There is no shell here: what needs one is refused. */
export function noShell(sign: string): Failure {
  return new Failure(
    'input',
    `There is no shell here, so "${sign}" means nothing: write one command at a time.`,
    {
      example: 'service ls --filter name=web',
    },
  );
}

function closedWords(text: string): readonly string[] {
  try {
    return split(text);
  } catch (cause) {
    throw new Failure(
      'input',
      'This command has a quote that is opened and not closed, or a backslash at its very end.',
      {
        example: `service ls --filter "label=tier=front end"`,
        cause,
      },
    );
  }
}

/** The words of a text that may be wrong: a quote that isn't closed goes on to its end. For masking, not for running. */
export function looseWords(text: string): readonly string[] {
  for (const ending of ['', '"', "'", '\\']) {
    try {
      return split(`${text}${ending}`);
    } catch {
      // It ends within something else.
    }
  }
  return text.split(/\s+/);
}
