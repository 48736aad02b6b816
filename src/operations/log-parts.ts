import type { Part } from './answer.ts';
import { slackLength } from './log-reading.ts';

/** Characters of one part, as Slack counts them: one part a page. */
export const logPage = 7_000;

/**
 * Lines of a log as parts, one a page, that with the newest lines first: they are what one looks for, and the first page
 * is the one that is shown.
 */
export function logParts(rows: readonly string[]): readonly Extract<Part, { kind: 'code' }>[] {
  const pages: string[][] = [];
  let room = 0;
  for (const row of rows.toReversed()) {
    const size = slackLength(row) + 1;
    const page = pages.at(-1);
    if (page === undefined || size > room) {
      pages.push([row]);
      room = logPage;
    } else {
      page.push(row);
    }
    room -= size;
  }
  return pages.map((page) => ({ kind: 'code', text: page.toReversed().join('\n') }));
}
