import { maskText } from './mask-text.ts';
import { mask } from './secret-value.ts';

const keyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/;
const keyEnds = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----/;
const keyBody = /^\s*[A-Za-z0-9+/=]{16,}\s*$/;

/**
 * What one writer wrote, line by line, with what looks like a secret masked: as `maskText`, and private keys over several
 * lines, also when only the end of one is there. As many lines as before.
 */
export function maskLines(lines: readonly string[]): string[] {
  const masked: string[] = [];
  let isInKey = false;
  for (const line of lines) {
    if (isInKey) {
      isInKey = !keyEnds.test(line);
      masked.push(mask);
      continue;
    }
    if (keyEnds.test(line) && !keyBegins.test(line)) maskKeyAbove(masked);
    isInKey = keyBegins.test(line) && !keyEnds.test(line);
    masked.push(maskText(line));
  }
  return masked;
}

/** The beginning of a key is missing: what stands above its end and looks like the rest of it is masked. */
function maskKeyAbove(lines: string[]): void {
  for (let at = lines.length - 1; at >= 0 && keyBody.test(lines[at] ?? ''); at -= 1) lines[at] = mask;
}
