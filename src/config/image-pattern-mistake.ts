import { quoted } from './quoted.ts';

/** What is surely wrong with a pattern of `images.allow`, since no image's name can match it, or undefined. */
export function imagePatternMistake(found: string): string | undefined {
  if (found === '') return 'the pattern is empty';
  if (found.includes('://')) {
    return `${quoted(found)} is a URL; expected an image without ${found.slice(0, found.indexOf('://') + 3)}`;
  }
  if (!/[A-Z]/.test(surelyPath(found))) return undefined;
  return `${quoted(found)} has upper case in an image's name, which Docker allows in tags alone; expected lower case`;
}

/** The part that can be neither a registry, which may be written in upper case, nor a tag or a digest. */
function surelyPath(pattern: string): string {
  const wildcard = pattern.indexOf('*');
  const literal = wildcard < 0 ? pattern : pattern.slice(0, wildcard);
  const [name = ''] = literal.split('@');
  const slash = name.indexOf('/');
  if (slash < 0 && wildcard >= 0) return '';
  return name.slice(slash + 1).replace(/:[^/]*$/, '');
}
