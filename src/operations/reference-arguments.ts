import { z } from 'zod';

/** Each is looked up by a call of its own, so one line may not ask for any number of them. */
const usualMost = 20;

/** The references that a command takes as its arguments. */
export function referenceArguments(rule: {
  readonly command: string;
  /** `service` or `node`. */
  readonly noun: string;
  readonly least: 0 | 1;
  readonly most?: number;
}) {
  const { command, noun, least, most = usualMost } = rule;
  const wanted = most === 1 ? `one ${noun}` : `at least one ${noun}`;
  const allowed = most === 1 ? `one ${noun}` : `${most} ${noun}s at most`;
  return z
    .array(z.string())
    .readonly()
    .superRefine((references, context) => {
      if (references.length < least) {
        context.addIssue({
          code: 'custom',
          message: `${command} needs ${wanted}.`,
        });
      }
      if (references.length > most) {
        context.addIssue({
          code: 'custom',
          message: `${command} takes ${allowed} at a time, not ${references.length}.`,
        });
      }
      if (references.some((reference) => reference.trim() === '')) {
        context.addIssue({ code: 'custom', message: `An empty text is no ${noun}.` });
      }
    });
}

/** For commands that take none. */
export function noArguments(command: string) {
  return z
    .array(z.string())
    .readonly()
    .superRefine((words, context) => {
      if (words.length === 0) return;
      const given = words.slice(0, 3).map((word) => `"${word}"`);
      context.addIssue({
        code: 'custom',
        message: `${command} takes no arguments, but was given ${given.join(', ')}${words.length > 3 ? ', …' : ''}.`,
      });
    });
}
