import type { Part } from '../operations/answer.ts';

/** Who asked for what, where: the first line of everything that a channel is told of a change. */
export function headline(asked: {
  /** A Slack user id. */
  readonly user: string;
  /** The command line, with what may be secret masked. */
  readonly command: string;
  readonly cluster: string;
}): Part {
  return {
    kind: 'text',
    text: [{ person: asked.user }, ': ', { code: asked.command }, ' on ', { strong: asked.cluster }],
  };
}
