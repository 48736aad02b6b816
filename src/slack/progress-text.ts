/** How far something is, in words: `2 of 3 tasks running`. */
export function progressText({ done, total, label }: Progress): string {
  return `${String(done)} of ${String(total)} ${label}`.trim();
}

/** The same as a bar of characters, always as wide. */
export function progressBar({ done, total }: Pick<Progress, 'done' | 'total'>): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 1;
  const full = share === 1 ? width : Math.min(width - 1, Math.round(share * width));
  return '█'.repeat(full) + '░'.repeat(width - full);
}

interface Progress {
  readonly done: number;
  readonly total: number;
  readonly label: string;
}

const width = 20;
