/** What a client makes of what was typed, before it is sent. */
export interface TypingHabits {
  /** Hosts and addresses become links, as Slack's clients do. */
  readonly links?: boolean;
  /** `--` becomes an em dash and quotes become curly, as on a phone. */
  readonly smart?: boolean;
  /** `@name` becomes a mention of the user who bears that name, in small letters. */
  readonly names?: ReadonlyMap<string, string>;
}

/** Text as Slack passes it on: `&`, `<` and `>` escaped. */
export function typedText(text: string, { links = false, smart = false, names }: TypingHabits = {}): string {
  const written = smart ? smartened(text) : text;
  const escaped = written.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const mentioning = names === undefined ? escaped : mentioned(escaped, names);
  return links ? linked(mentioning) : mentioning;
}

function mentioned(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(/(?<![\w@])@([\w.-]*\w)/g, (typed, name: string) => {
    const id = names.get(name.toLowerCase());
    return id === undefined ? typed : `<@${id}>`;
  });
}

function smartened(text: string): string {
  return text
    .replaceAll('--', '—')
    .replaceAll(/(^|[\s=])"/g, '$1“')
    .replaceAll('"', '”')
    .replaceAll(/(^|[\s=])'/g, '$1‘')
    .replaceAll("'", '’');
}

function linked(text: string): string {
  return text.replaceAll(
    /(https?:\/\/\S+)|([\w.+-]+@(?:[\w-]+\.)+[a-z]{2,})|((?:[a-z0-9-]+\.)+(?:com|org|net|io|dev)\b(?:[:/]\S*)?)/gi,
    (match: string, url: string | undefined, mail: string | undefined) => {
      if (url !== undefined) return `<${url}>`;
      return mail === undefined ? `<http://${match}|${match}>` : `<mailto:${mail}|${mail}>`;
    },
  );
}
