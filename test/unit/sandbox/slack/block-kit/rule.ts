import { expect, it } from 'vitest';
import { checkMessageBlocks } from '../../../../../src/sandbox/slack/block-kit/check-blocks.ts';
import { Refusal } from '../../../../../src/sandbox/slack/refusal.ts';

/** A rule, with what just keeps it and what just breaks it, and what is said then. */
export interface Rule {
  readonly rule: string;
  readonly keeps: readonly unknown[];
  readonly breaks: readonly unknown[];
  readonly says: string;
}

/** One test a rule: what keeps it is taken, what breaks it is refused with words that lead to the mistake. */
export function holdsMessagesTo(rules: readonly Rule[]): void {
  it.each(rules)('$rule', ({ keeps, breaks, says }) => {
    expect(refusalBy(() => checkMessageBlocks(keeps))).toBeNull();
    const refused = refusalBy(() => checkMessageBlocks(breaks));
    expect(refused?.code).toBe('invalid_blocks');
    expect(JSON.stringify(refused?.detail)).toContain(says);
  });
}

/** What a check refuses with; null when it doesn't. */
export function refusalBy(check: () => void): Refusal | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
