import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleShop } from '../../src/sandbox/swarm/sample-shop.ts';
import { type Swarm, startSwarm } from '../../src/sandbox/swarm/swarm.ts';
import { shown, whisper } from '../bot/shown.ts';
import { type Bot, startBot } from '../bot/start-bot.ts';

const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';

describe('a name that nothing has', () => {
  let swarm: Swarm;
  let bot: Bot;

  beforeAll(async () => {
    swarm = await startSwarm(sampleShop());
    bot = await startBot({
      transport: 'socket',
      config: `
clusters: { prod: { host: "${swarm.dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
roles: { operator: { allow: ["*"] } }
grants: [{ role: operator, to: [S0SRE] }]
deny: [{ operations: ["*"], on: ["prod/shop_api"] }]
`,
    });
  });
  afterAll(async () => {
    await bot?.[Symbol.asyncDispose]();
    await swarm?.[Symbol.asyncDispose]();
  });

  async function told(line: string): Promise<string> {
    const before = bot.workspace.ephemerals(alice, channel).length;
    await bot.workspace.as(alice).command(channel, '/swarm', line);
    const answer = await whisper(bot.workspace, alice, channel, () => {
      return bot.workspace.ephemerals(alice, channel).length > before;
    });
    return shown(answer);
  }

  it.each([
    ['ps shop_wbe', 'Did you mean "shop_web"?'],
    ['scale shop_wbe=2', 'Did you mean "shop_web"?'],
    ['node inspect manager-l', 'Did you mean "manager-1"?'],
  ])('is answered with the one that was meant: %s', async (line, hint) => {
    expect(await told(line)).toContain(hint);
  });

  it('does not hint at what the asker may not touch', async () => {
    const text = await told('ps shop_apl');
    expect(text).toContain('There is no service "shop_apl" in prod.');
    expect(text).not.toContain('shop_api');
  });
});
