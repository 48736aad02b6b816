import { createInterface } from 'node:readline';
import { startWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { shown } from '../bot/shown.ts';

// A workspace in a process of its own, for a network namespace that the tests aren't in: listens on the address that it is
// given, says on its first line how to reach it, and then runs each line that it reads as alice's, and prints the answer.
const alice = 'U0ALICE';
const channel = 'C0DEPLOYS';

await using workspace = await startWorkspace({ delivery: { kind: 'socket' }, host: process.argv[2] ?? '' });
workspace.directory.addUser({ id: alice, name: 'alice' });
workspace.directory.addChannel({ id: channel, name: 'deploys' });

const { apiUrl, credentials } = workspace;
print({ apiUrl, ...credentials });
await workspace.waitFor(() => workspace.connections > 0, 180_000);
print({ connected: true });
for await (const line of createInterface({ input: process.stdin })) {
  const before = workspace.ephemerals(alice, channel).length;
  await workspace.as(alice).command(channel, '/swarm', line);
  const answer = await workspace.waitFor(() => workspace.ephemerals(alice, channel)[before], 30_000);
  print({ answer: shown(answer) });
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
