import type { Inline } from './answer.ts';

/** User ids, user-group ids (they begin with S) and `everyone`, with commas between them. */
export function peopleList(ids: readonly string[]): readonly Inline[] {
  return ids.flatMap((id, at): readonly Inline[] => {
    const who: Inline =
      id === 'everyone' ? 'every full member' : id.startsWith('S') ? { group: id } : { person: id };
    return at === 0 ? [who] : [', ', who];
  });
}
