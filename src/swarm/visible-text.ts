const esc = String.fromCharCode(0x1b);
const bel = String.fromCharCode(0x07);

/** What colours a terminal and moves its cursor, and what sets its title. `stripVTControlCharacters` is quadratic. */
const terminalSequences = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${esc}${bel}]{0,500}(?:${bel}|${esc}\\\\))`,
  'g',
);

/** Control characters but line feed and tab; characters that turn the direction of text around. */
const unseen = /[[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]--[\n\t]]/gv;

/**
 * What is left of foreign text once everything is taken out that can't be seen and can deceive: terminal sequences,
 * control characters, bidi overrides (https://trojansource.codes). Lines end in `\n`; the result is well-formed UTF-16.
 */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(terminalSequences, '')
    .replace(unseen, '');
}

/** The same in one line, for table cells, headings and buttons. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/\s+/g, ' ').trim();
}
