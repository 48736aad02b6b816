import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import type { Hold } from '../../src/sandbox/slack/faults.ts';
import type { Delivery } from '../../src/sandbox/slack/happenings.ts';
import type { Lab, LabService } from '../lab/swarm-lab.ts';
import { type AuditRow, auditRows } from './audit-rows.ts';
import { startEngineProxy } from './engine-proxy.ts';
import { shown, whisper } from './shown.ts';
import { type Bot, startBot } from './start-bot.ts';

/** The moments of a change, in their order; docs/reliability.md says what each is. */
export const moments = [
  'received',
  'authorized',
  'audited',
  'announced',
  'sent',
  'converging',
  'reporting',
] as const;
type Moment = (typeof moments)[number];

/**
 * A bot with a change at each moment, all at once: each scales a service of its own from one replica to two, in a channel
 * of its own, and is held exactly where its moment is.
 */
export interface FaultScene extends AsyncDisposable {
  readonly bot: Bot;
  /** Asks for the changes, and resolves when each of them is held at its moment. */
  bring(): Promise<void>;
  /** Lets everything go on that is held, into the fault that `begin` makes. */
  release<T>(begin: () => T): T;
  /** Resolves when whoever the ended process had called knows that it hung up: what is held is done for nobody then. */
  forgotten(): Promise<void>;
  /** What there is of a moment's change, in the words of docs/reliability.md. */
  seen(moment: Moment): Promise<string>;
  /** Has everything delivered again, and waits until the bot has passed over it and answered one more command. */
  deliverAgain(): Promise<void>;
}

export interface SceneOptions {
  /** Where its database is; in the bot's own folder when absent. */
  readonly databaseUrl?: string;
}

const control = 'C0DEPLOYS';
const alice = 'U0ALICE';
/** Whom Slack is asked about while the others' changes are under way. */
const carol = 'U0CAROL';
/** Milliseconds. */
const deadlines = { running: 90_000, moment: 60_000, answer: 60_000 };

function config(dockerHost: string): string {
  const channels = [control, ...moments.map(channelOf)].map((channel) => `  ${channel}: { cluster: prod }`);
  return `
clusters: { prod: { host: "${dockerHost}" } }
channels:
${channels.join('\n')}
roles: { operator: { allow: ["service.*"] } }
grants: [{ role: operator, to: [S0SRE, S0OPS] }]
`;
}

function channelOf(moment: Moment): string {
  return `C0${moment.toUpperCase()}`;
}

/** Starts the bot and its services. */
export async function startFaultScene(lab: Lab, { databaseUrl }: SceneOptions = {}): Promise<FaultScene> {
  await using parts = new AsyncDisposableStack();
  const proxy = parts.use(await startEngineProxy(lab.proxySocket));
  const services = new Map<Moment, LabService>();
  const created = moments.map(async (moment) => {
    services.set(moment, parts.use(await lab.createService('--replicas', '1', lab.image('1'))));
  });
  await Promise.all(created);
  const bot = parts.use(
    await startBot({
      transport: 'socket',
      config: config(proxy.dockerHost),
      ...(databaseUrl !== undefined && { env: { DATABASE_URL: databaseUrl } }),
      people({ directory }) {
        directory.addUser({ id: carol, name: 'carol' });
        directory.addGroup({ id: 'S0OPS', handle: 'ops', members: [carol] });
        for (const moment of moments) directory.addChannel({ id: channelOf(moment), name: moment });
      },
    }),
  );
  const { workspace } = bot;
  const { faults } = workspace;
  const deliveries: Delivery[] = [];

  function serviceOf(moment: Moment): LabService {
    const service = services.get(moment);
    if (service === undefined) throw new Error(`no service for ${moment}`);
    return service;
  }

  async function running(moment: Moment): Promise<void> {
    const { id } = serviceOf(moment);
    const replicas = () => lab.docker('service', 'ls', '--filter', `id=${id}`, '--format', '{{.Replicas}}');
    await until(async () => expect(await replicas()).toBe('1/1'), deadlines.running);
  }

  async function ask(moment: Moment, user = alice): Promise<void> {
    const line = `scale ${serviceOf(moment).name}=2`;
    const delivery = await workspace.as(user).command(channelOf(moment), '/swarm', line);
    if (delivery?.acknowledgement.kind !== 'acknowledged') throw new Error(`${moment}: not acknowledged`);
    deliveries.push(delivery);
  }

  const rows = (moment: Moment): readonly AuditRow[] =>
    auditRows(databaseUrl ?? bot.databaseUrl).filter(({ channel }) => channel === channelOf(moment));
  const outcomes = (moment: Moment) => rows(moment).map(({ outcome }) => outcome ?? 'open');
  const told = (moment: Moment) =>
    workspace.messages(channelOf(moment)).filter(({ author }) => author === workspace.bot.user);

  /** Asks for a second replica, and holds the bot where the moment is. */
  async function bringTo(moment: Moment): Promise<void> {
    const only = { channel: channelOf(moment) };
    const service = serviceOf(moment);
    const slackHolds = async (hold: Hold, user = alice) => {
      await ask(moment, user);
      await hold.reached;
    };
    switch (moment) {
      case 'received':
        return slackHolds(faults.hold('users.info', { only: { user: carol } }), carol);
      case 'authorized': {
        const held = proxy.hold('read', 'before', service);
        await ask(moment);
        return held;
      }
      case 'audited':
        await slackHolds(faults.hold('chat.postMessage', { only }));
        expect(outcomes(moment)).toEqual(['open']);
        return;
      case 'announced': {
        const held = proxy.hold('update', 'before', service);
        await ask(moment);
        return held;
      }
      case 'sent': {
        const held = proxy.hold('update', 'after', service);
        await ask(moment);
        return held;
      }
      case 'converging':
        await ask(moment);
        await workspace.waitFor(() => (told(moment)[0]?.edits ?? 0) > 0, deadlines.moment);
        return proxy.hold('follow', 'before', service);
      case 'reporting':
        faults.fail('chat.update', { status: 503, only });
        await ask(moment);
        await until(() => expect(outcomes(moment)).toEqual(['done']), deadlines.moment);
    }
  }

  async function reach(moment: Moment): Promise<void> {
    const late = new AbortController();
    const tooLate = delay(deadlines.moment, undefined, { signal: late.signal }).then(() => {
      const whispers = workspace.ephemerals(alice, channelOf(moment)).map(shown);
      throw new Error(`${moment} was not reached: ${[...whispers, ...bot.output.slice(-10)].join('\n')}`);
    });
    try {
      await Promise.race([bringTo(moment), tooLate]);
    } finally {
      late.abort();
      await tooLate.catch(() => undefined);
    }
  }

  async function bring(): Promise<void> {
    await Promise.all(moments.map(running));
    // The bot gives up what is held for long: last comes what is held for the shortest.
    await Promise.all([reach('reporting'), reach('converging')]);
    await Promise.all([reach('sent'), reach('announced')]);
    await reach('audited');
    await reach('authorized');
    await reach('received');
  }

  const scene = parts.move();
  return {
    bot,
    bring,
    release(begin) {
      // Whoever waits for these goes on when this has run to its end.
      faults.clear();
      const begun = begin();
      proxy.release();
      return begun;
    },
    async forgotten() {
      await workspace.waitFor(() => workspace.connections === 0, deadlines.answer);
      // Its other connections were closed at the same moment, and are seen in the same turn.
      await nextTurn();
    },
    async seen(moment) {
      const whispered = [alice, carol].some((user) =>
        workspace.ephemerals(user, channelOf(moment)).some(({ author }) => author === workspace.bot.user),
      );
      return [
        `audit ${outcomes(moment).join(' and ') || 'empty'}`,
        `message ${messageWords(told(moment).map(shown))}`,
        ...(whispered ? ['asker told'] : []),
        `ran ${await timesRun(lab, serviceOf(moment))}`,
      ].join('; ');
    },
    async deliverAgain() {
      const before = passedOver(bot);
      for (const delivery of deliveries) {
        await workspace.faults.redeliver(delivery, { attempt: 1, reason: 'timeout' });
      }
      await until(() => expect(passedOver(bot) - before).toBe(deliveries.length), deadlines.answer);
      await workspace.as(alice).command(control, '/swarm', 'help');
      await whisper(workspace, alice, control, (text) => text.includes('service scale'), deadlines.answer);
    },
    [Symbol.asyncDispose]: () => scene.disposeAsync(),
  };
}

/** `expect.poll`, for hooks. */
async function until(holds: () => void | Promise<void>, timeout: number): Promise<void> {
  await vi.waitFor(holds, { timeout, interval: 250 });
}

function passedOver({ output }: Bot): number {
  return output.filter((line) => line.includes('delivered again; it is done once')).length;
}

/** What a channel was told of a change, in a word or two. */
function messageWords([text, ...others]: readonly string[]): string {
  if (text === undefined) return 'nothing';
  if (others.length > 0) return `${others.length + 1} messages`;
  const restarted = /restarted meanwhile\.\s*(\w+)/.exec(text)?.[1];
  if (restarted !== undefined) {
    return `“${restarted}”${/Now:[\s\S]* of \d running/.test(text) ? ' and how it is now' : ''}`;
  }
  if (/scaled from 1 to 2/.test(text)) return 'done';
  if (/Nothing was changed/.test(text)) return '“refused”';
  if (/stopped while it followed/.test(text)) return 'stopped';
  if (/was scaled isn’t known/.test(text)) return '“whether it was scaled isn’t known”';
  if (/is at \d isn’t known/.test(text)) return '“whether it got there isn’t known”';
  if (/was not scaled/.test(text)) return '“was not scaled”';
  return /is not at/.test(text) ? '“failed”' : 'in progress';
}

const ScaledService = z.object({ Mode: z.object({ Replicated: z.object({ Replicas: z.number() }) }) });
const Inspected = z.object({ Spec: ScaledService, PreviousSpec: ScaledService.optional() });

/** How often the Swarm carried the scale out: a second time would have left two replicas in the spec before, too. */
async function timesRun(lab: Lab, { id }: LabService): Promise<string> {
  const { Spec, PreviousSpec } = Inspected.parse(
    JSON.parse(await lab.docker('service', 'inspect', '--format', '{{json .}}', id)),
  );
  const now = Spec.Mode.Replicated.Replicas;
  const before = PreviousSpec?.Mode.Replicated.Replicas;
  if (now === 1 && before === undefined) return 'never';
  return now === 2 && before === 1 ? 'once' : `otherwise: from ${before} to ${now}`;
}
