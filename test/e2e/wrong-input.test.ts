import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot, transports } from '../bot/start-bot.ts';
import { shown } from '../bot/shown.ts';

const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';

/** Mistakes that are found before any engine is asked. */
const mistakes: readonly (readonly [typed: string, sentence: RegExp])[] = [
  ['frobnicate', /There is no command "frobnicate"/],
  ['service scael web=3', /Did you mean "service scale"/],
  ['service ls --fliter name=web', /Did you mean --filter/],
  ['service ls "name', /quote/],
  ['scale web', /web/],
  ['scale web=-1', /-1/],
  ['scale web=1e9', /1e9/],
  ['scale web=1.5', /1\.5/],
  ['scale =3', /=3/],
  ['scale web=', /web=/],
  ['scale', /SERVICE=REPLICAS/],
  ['scale web=3 web=4', /web/],
  ['-c nowhere ls', /There is no cluster "nowhere"/],
  [`ls ${'x'.repeat(3000)}`, /takes no arguments/],
  ['🚀🚀', /There is no command "🚀🚀"/],
  ['<!channel> <!here>', /There is no command/],
  ['service ls --filter nonsense', /filter/],
  ['service ls --format "{{.ID}}"', /Go template/],
  ['audit --since yesterday', /duration/],
  ['can-i', /can-i needs the command/],
  ['help frobnicate', /no command "frobnicate"/],
];

describe.each(transports)('wrong input over %s', (transport) => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({
      transport,
      config: `
clusters: { prod: { host: "unix:///nonexistent/docker.sock" } }
channels: { ${channel}: { cluster: prod } }
roles: { operator: { allow: ["*"] } }
grants: [{ role: operator, to: [S0SRE] }]
`,
    });
  });
  afterAll(async () => bot?.[Symbol.asyncDispose]());

  it.each(mistakes)('is answered with what was wrong: %s', async (typed, sentence) => {
    const before = bot.workspace.ephemerals(alice, channel).length;
    await bot.workspace.as(alice).command(channel, '/swarm', typed);
    const answer = await bot.workspace.waitFor(
      () => bot.workspace.ephemerals(alice, channel)[before],
      10_000,
    );
    expect(shown(answer)).toMatch(sentence);
    expect(shown(answer)).not.toContain('Something went wrong inside Shipmate');
    expect(JSON.stringify(answer.blocks)).not.toMatch(/"type":"broadcast"/);
  });

  it('tells nobody else, and leaves the process running', async () => {
    expect(bot.workspace.messages(channel)).toEqual([]);
    const refused = bot.workspace.calls.filter(({ answer }) => answer['ok'] === false);
    expect(refused.map(({ method, answer }) => [method, answer])).toEqual([]);
  });
});
