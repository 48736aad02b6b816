import type { Message } from '../../src/sandbox/slack/workspace.ts';
import { shown } from './shown.ts';
import type { Bot } from './start-bot.ts';

export const channel = 'C0DEPLOYS';
/** Alice is in S0SRE and may change everything; bob may look. */
export const alice = 'U0ALICE';
export const bob = 'U0BOB';

/** shipmate.yml for a bot in #deploys. @param images patterns of `images.allow` */
export function deploysConfig(dockerHost: string, images: readonly string[] = ['*']): string {
  return `
clusters: { prod: { host: "${dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
roles:
  viewer: { allow: ["*.ls", "*.ps", "*.inspect", service.logs, info, version] }
  operator:
    includes: [viewer]
    allow: [service.scale, service.update, service.rollback, node.update, audit]
grants:
  - { role: viewer, to: [everyone] }
  - { role: operator, to: [S0SRE] }
images: { allow: ${JSON.stringify(images)} }
`;
}

export const entries = ['slash command', 'mention'] as const;
export type Entry = (typeof entries)[number];

/** Types a command line, in the one way or the other. */
export async function type(bot: Bot, user: string, entry: Entry, line: string): Promise<void> {
  const person = bot.workspace.as(user);
  if (entry === 'mention') person.mention(channel, line);
  else await person.command(channel, '/swarm', line);
}

/** What the bot tells everybody in the channel, outside of threads, and says this. */
export function told({ workspace }: Bot, says: RegExp): Promise<Message> {
  return workspace.waitFor(() => announced(workspace).find((message) => says.test(shown(message))), 100_000);
}

export function announced(workspace: Bot['workspace']): readonly Message[] {
  return workspace
    .messages(channel)
    .filter(({ author, thread }) => author === workspace.bot.user && thread === null);
}

/** Asks by slash command. @returns what the asker is whispered to it, and says this. */
export async function answerTo(
  { workspace }: Bot,
  user: string,
  line: string,
  says: RegExp,
): Promise<Message> {
  const before = workspace.ephemerals(user, channel).length;
  await workspace.as(user).command(channel, '/swarm', line);
  return workspace.waitFor(
    () =>
      workspace
        .ephemerals(user, channel)
        .slice(before)
        .find((message) => says.test(shown(message))),
    20_000,
  );
}

/** What the bot gave Slack that Slack refused. */
export function refusedBySlack({ workspace }: Bot): readonly unknown[] {
  return workspace.calls
    .filter(({ answer }) => answer['ok'] === false)
    .map(({ method, answer }) => [method, answer]);
}
