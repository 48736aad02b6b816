import { asObject, asText, parseJson } from '../slack/json.ts';

/** A line of a JSON log in short: what it says, which command it is about, and why; others as they are. */
export function readableLine(line: string): string {
  try {
    const entry = asObject(parseJson(line));
    const error = asObject(entry?.['err'] ?? entry?.['error']);
    const about = [entry?.['msg'] ?? line, entry?.['command'], error?.['message']];
    return about
      .map(asText)
      .filter((text) => text !== undefined)
      .join(': ');
  } catch {
    return line;
  }
}
