/** A state as the docker CLI shows it: `running` as `Running`, `NodeDown` as `Nodedown`. */
export function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}
