import { distance } from 'fastest-levenshtein';

/** The candidate that `typed` was most likely meant to be, or undefined when none is near. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  // Two letters that changed places are two edits.
  const tolerated = typed.length < 4 ? 1 : Math.max(2, Math.floor(typed.length / 3));
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distance(typed.toLowerCase(), candidate.toLowerCase());
    if (edits <= tolerated && (best === undefined || edits < best.edits)) best = { candidate, edits };
  }
  return best?.candidate;
}
