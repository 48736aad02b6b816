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
  const app = people.users.find(({ id }) => id === bot);
  if (app === undefined || !/^@\S*$/.test(typed)) return [];
  const isIt = `@${app.realName}`.toLowerCase().startsWith(typed.toLowerCase());
  if (!isIt) return [];
  const completion = `@${app.realName} `;
  return [{ name: `@${app.realName}`, hint: '', description: 'Mention the app', completion }];
}
