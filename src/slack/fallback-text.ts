import { alignedTable } from './aligned-table.ts';
import { type CleanPart, inlineText } from './clean-answer.ts';
import { escapeText, shortened } from './escape-text.ts';
import { limits } from './limits.ts';
import type { Page } from './pages.ts';
import { progressText } from './progress-text.ts';

/** A page as text for notifications and screen readers, escaped and never empty. */
export function fallbackText(page: Page): string {
  const text = page
    .map(partText)
    .filter((text) => text !== '')
    .join('\n');
  return escapeText(shortened(text || 'Shipmate has an answer.', limits.fallback));
}

function partText(part: CleanPart): string {
  switch (part.kind) {
    case 'heading':
    case 'code':
      return part.text;
    case 'text':
    case 'note':
      return part.text.map(inlineText).join('');
    case 'facts':
      return part.facts.map(({ label, value }) => `${label}: ${value.map(inlineText).join('')}`).join('\n');
    case 'table':
      return alignedTable(part);
    case 'progress':
      return progressText(part);
    case 'buttons':
      return '';
  }
}
