import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readManifest } from '../../../../src/sandbox/slack/manifest.ts';

const x = (length: number) => 'x'.repeat(length);

interface Parts {
  readonly name?: string;
  readonly description?: string;
  readonly bot?: string;
  readonly command?: string;
  readonly hint?: string;
}

function manifest({
  name = 'Shipmate',
  description = '',
  bot = 'Shipmate',
  command = '/swarm',
  hint = '',
}: Parts) {
  return stringify({
    display_information: { name, description },
    features: {
      bot_user: { display_name: bot },
      slash_commands: [{ command, description: 'x', usage_hint: hint }],
    },
    oauth_config: { scopes: { bot: ['commands'] } },
    settings: {},
  });
}

async function read(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  try {
    await writeFile(join(folder, 'manifest.yml'), text);
    return await readManifest(join(folder, 'manifest.yml'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

it.each<[string, Parts, Parts]>([
  ['a name has at most 35 characters', { name: x(35) }, { name: x(36) }],
  ['a description has at most 140 characters', { description: x(140) }, { description: x(141) }],
  ['a bot’s name has at most 80 characters', { bot: x(80) }, { bot: x(81) }],
  ['a command has at most 32 characters', { command: `/${x(31)}` }, { command: `/${x(32)}` }],
  ['a usage hint has at most 1,000 characters', { hint: x(1000) }, { hint: x(1001) }],
])('%s', async (_, keeps, breaks) => {
  await expect(read(manifest(keeps))).resolves.toMatchObject({ scopes: ['commands'] });
  await expect(read(manifest(breaks))).rejects.toThrow(/Too big|Invalid string/);
});

it('the app’s own manifest keeps every rule', async () => {
  expect(await readManifest('manifest.yml')).toEqual({
    name: 'Shipmate',
    botName: 'Shipmate',
    commands: [
      {
        command: '/swarm',
        description: 'Run a Docker Swarm command',
        usageHint: 'service ls | service scale web=3 | node ls | help',
      },
    ],
    scopes: ['commands', 'chat:write', 'app_mentions:read', 'users:read', 'usergroups:read', 'files:write'],
    events: ['app_mention', 'user_change', 'subteam_members_changed', 'subteam_updated'],
    interactive: true,
  });
});
