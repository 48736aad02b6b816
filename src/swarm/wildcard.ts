/**
 * Whether all of `text` matches `pattern`, in which `*` stands for any run of characters, the empty one too, and every
 * other character for itself. Takes time in the order of the product of the lengths at worst, so that a pattern somebody
 * typed can't stall the process as a regular expression could.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  // Where to go on when what follows the newest star doesn't fit: the star swallows one character more.
  let star = -1;
  let swallowed = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      swallowed = t;
      p += 1;
    } else if (pattern[p] === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      swallowed += 1;
      p = star + 1;
      t = swallowed;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
