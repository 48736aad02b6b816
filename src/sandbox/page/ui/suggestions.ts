import type { World } from './world.ts';

/** Something that what is typed may become. */
export interface Suggestion {
  readonly name: string;
  readonly hint: string;
  readonly description: string;
  /** What the whole text becomes. */
  readonly completion: string;
}

/** The slash commands or names that what is typed may be the beginning of. */
export function suggestionsFor(
  typed: string,
  { commands, people, bot }: Pick<World, 'commands' | 'people' | 'bot'>,
): readonly Suggestion[] {
  if (/^\/\S*$/.test(typed)) {
    return commands
      .filter(({ command }) => command.startsWith(typed.toLowerCase()))
      .map(({ command, description, usageHint }) => ({
        name: command,
        hint: usageHint,
        description,
        completion: `${command} `,
      }));
  }
  const [, before = '', name] = /^([\s\S]*(?:^|\s))@([\w.-]*)$/.exec(typed) ?? [];
  if (name === undefined) return [];
  return people.users
    .filter(({ isDeleted, id }) => !isDeleted && id !== 'USLACKBOT')
    .toSorted((one, other) => Number(other.id === bot) - Number(one.id === bot))
    .map((user) => ({ ...user, shown: user.isBot ? user.realName : user.name }))
    .filter(({ shown }) => shown.toLowerCase().startsWith(name.toLowerCase()))
    .map(({ shown, realName, isBot }) => ({
      name: `@${shown}`,
      hint: '',
      description: isBot ? 'App' : realName,
      completion: `${before}@${shown} `,
    }));
}
