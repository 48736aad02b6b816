/** An id as the docker CLI's tables show it: twelve characters, enough to be taken as a reference. */
export function shortId(id: string): string {
  return id.slice(0, 12);
}
