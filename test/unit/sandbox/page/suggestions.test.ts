import { describe, expect, it } from 'vitest';
import { suggestionsFor } from '../../../../src/sandbox/page/ui/suggestions.ts';

const user = (id: string, name: string, realName: string) => ({
  id,
  name,
  realName,
  team: 'T1',
  isBot: id === 'U0BOT',
  isDeleted: false,
  isRestricted: false,
  isUltraRestricted: false,
  isStranger: false,
});
const world = {
  commands: [
    { command: '/swarm', description: 'Run', usageHint: 'ls' },
    { command: '/sway', description: 'Other', usageHint: '' },
  ],
  people: {
    users: [user('U1', 'alice', 'Alice'), user('U0BOT', 'shipmate', 'Shipmate')],
    groups: [],
    channels: [],
  },
  bot: 'U0BOT',
};
const completions = (typed: string) => suggestionsFor(typed, world).map(({ completion }) => completion);

describe('what is typed may become', () => {
  it.each([
    ['/', ['/swarm ', '/sway ']],
    ['/SWAR', ['/swarm ']],
    ['/swarm ls', []],
    ['say /', []],
    ['@', ['@Shipmate ', '@alice ']],
    ['@ship', ['@Shipmate ']],
    ['ask @al', ['ask @alice ']],
    ['mail@al', []],
    ['@alice ', []],
  ])('%j: %j', (typed, expected) => {
    expect(completions(typed)).toEqual(expected);
  });
});
