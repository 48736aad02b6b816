import type { Answer } from './answer.ts';

/** Whole sentences that must not be overlooked. */
export function warningParts(sentences: readonly string[]): Answer {
  return sentences.map((sentence) => ({ kind: 'text', text: [`⚠ ${sentence}`] }));
}
