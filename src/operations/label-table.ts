import type { LabelDifference } from '../swarm/node-change.ts';
import type { Answer } from './answer.ts';

/** Labels before and after; nothing when none differs. */
export function labelTable(differences: readonly LabelDifference[]): Answer {
  if (differences.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: ['LABEL', 'BEFORE', 'AFTER'],
      rows: differences.map(({ key, before, after }) => [
        { text: key, strong: true },
        before ?? '(not there)',
        after ?? '(not there)',
      ]),
      empty: '',
    },
  ];
}
