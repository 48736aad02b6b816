/**
 * A process of its own that uses a store, for tests of several: `node store-process.ts TASK PATH`.
 * It writes a line for everything that it was promised.
 */
import { once } from 'node:events';
import { Failure } from '../../../src/swarm/failure.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';
import { auditBegin, auditEnd } from './audit-samples.ts';

const [task = '', path = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

const tasks = new Map([
  ['write', write],
  ['claim', claim],
  ['open', open],
  ['keep', keep],
]);
await tasks.get(task)?.();

/** Begins and ends requests, several at once, until it is killed. */
async function write(): Promise<void> {
  await using store = await sqliteStore({ file: path });
  const writer = async (name: string) => {
    for (let index = 0; ; index += 1) {
      const requestId = `${name}-${index}`;
      await store.audit.begin(auditBegin({ requestId }));
      say(`begun ${requestId}`);
      await store.audit.end(auditEnd({ requestId }));
      say(`ended ${requestId}`);
    }
  };
  await Promise.all(['a', 'b', 'c'].map(writer));
}

async function claim(): Promise<void> {
  await using store = await sqliteStore({ file: path, lockTimeout: 30_000 });
  for (let index = 0; index < 200; index += 1) {
    if (await store.deliveries.claim(`d${index}`, index)) say(`claimed d${index}`);
  }
}

/** Opens the store as a user who isn't root, whom permissions don't bind. */
async function open(): Promise<void> {
  if (process.getuid?.() === 0) process.setuid?.(65_534);
  try {
    await using store = await sqliteStore({ file: path });
    say(`opened: ${JSON.stringify(await store.audit.verify())}`);
  } catch (error) {
    say(error instanceof Failure ? `${error.kind}: ${error.message}` : String(error));
  }
}

/** Opens the store as the bot does, and has it until it is killed. */
async function keep(): Promise<void> {
  await using store = await openStore(`sqlite:${path}`);
  await store.deliveries.claim('kept', 0);
  say('opened');
  await once(process.stdin.resume(), 'close');
}
