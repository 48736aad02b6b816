import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

/** An app manifest, as far as the workspace goes by it. Source: https://docs.slack.dev/reference/app-manifest */
const Manifest = z.looseObject({
  display_information: z.looseObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140).optional(),
  }),
  features: z.looseObject({
    bot_user: z.looseObject({ display_name: z.string().min(1).max(80) }),
    slash_commands: z
      .array(
        z.looseObject({
          command: z
            .string()
            .regex(/^\/\S+$/)
            .max(32),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().max(1000).optional(),
        }),
      )
      .max(50)
      .default([]),
  }),
  oauth_config: z.looseObject({ scopes: z.looseObject({ bot: z.array(z.string()) }) }),
  settings: z.looseObject({
    event_subscriptions: z.looseObject({ bot_events: z.array(z.string()).default([]) }).optional(),
    interactivity: z.looseObject({ is_enabled: z.boolean() }).optional(),
  }),
});

export interface SlashCommand {
  /** `/swarm` */
  readonly command: string;
  readonly description: string;
  /** What may follow it; empty when the manifest says nothing. */
  readonly usageHint: string;
}

/** What an app asked for when it was installed. */
export interface Manifest {
  readonly name: string;
  readonly botName: string;
  readonly commands: readonly SlashCommand[];
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly interactive: boolean;
}

/** @throws when the file can't be read or breaks one of Slack's rules for manifests. */
export async function readManifest(path: string): Promise<Manifest> {
  const manifest = Manifest.parse(parse(await readFile(path, 'utf8')));
  return {
    name: manifest.display_information.name,
    botName: manifest.features.bot_user.display_name,
    commands: manifest.features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint ?? '',
    })),
    scopes: manifest.oauth_config.scopes.bot,
    events: manifest.settings.event_subscriptions?.bot_events ?? [],
    interactive: manifest.settings.interactivity?.is_enabled ?? false,
  };
}
