/**
 * Orders names as the docker CLI does: digits as numbers (`web2` before `web10`), all else byte by byte.
 * Source: github.com/fvbommel/sortorder, NaturalLess.
 * @returns negative, zero or positive, as `sort` wants it.
 */
export function naturalOrder(left: string, right: string): number {
  const at = firstDifference(left, right);
  const [ours, theirs] = [firstRun(left, at), firstRun(right, at)];
  if (ours === undefined || theirs === undefined) return left.length - right.length;
  return runOrder(ours, theirs);
}

/** Where the two begin to differ; when that is within a number, or right behind one that goes on, where it begins. */
function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  if (!isDigit(left[at]) && !isDigit(right[at])) return at;
  while (at > 0 && isDigit(left[at - 1])) at -= 1;
  return at;
}

/** The whole number that stands there, or the one character; undefined at the end. */
function firstRun(name: string, at: number): string | undefined {
  let end = at;
  while (isDigit(name[end])) end += 1;
  if (end > at) return name.slice(at, end);
  const point = name.codePointAt(at);
  return point === undefined ? undefined : String.fromCodePoint(point);
}

function runOrder(left: string, right: string): number {
  const ours = isDigit(left[0]);
  const theirs = isDigit(right[0]);
  if (ours !== theirs) return ours ? -1 : 1;
  return ours ? numberOrder(left, right) : characterOrder(left, right);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

/** By value, however many digits there are; of equal values the one with fewer leading zeros comes first. */
function numberOrder(left: string, right: string): number {
  const ours = left.replace(/^0+/, '');
  const theirs = right.replace(/^0+/, '');
  if (ours.length !== theirs.length) return ours.length - theirs.length;
  if (ours !== theirs) return ours < theirs ? -1 : 1;
  return left.length - right.length;
}

/** UTF-8 sorts bytewise as code points do. */
function characterOrder(left: string, right: string): number {
  return (left.codePointAt(0) ?? 0) - (right.codePointAt(0) ?? 0);
}
