import { distance } from 'fastest-levenshtein';

/** The candidate that `typed` was most likely meant to be, or undefined when none is near. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  // Two letters that changed places are two edits.
  const tolerated = typed.length < 4 ? 1 : Math.max(2, Math.floor(typed.length / 3));
  // Of two as near, the one of the same length: letters change places more often than they go missing two at a time.
  const [best] = candidates
    .map((candidate) => ({
      candidate,
      edits: distance(typed.toLowerCase(), candidate.toLowerCase()),
      unlike: Math.abs(typed.length - candidate.length),
    }))
    .filter(({ edits }) => edits <= tolerated)
    .toSorted((one, other) => one.edits - other.edits || one.unlike - other.unlike);
  return best?.candidate;
}
