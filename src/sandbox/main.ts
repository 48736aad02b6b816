import { mkdir, writeFile } from 'node:fs/promises';
import { startWorkspace, type Workspace } from './slack/workspace.ts';
import { botConfig } from './terminal/bot-config.ts';
import { startBot, type BotProcess } from './terminal/bot-process.ts';
import { openConsole, type Console } from './terminal/console.ts';
import { engineProblem } from './terminal/engine-state.ts';
import { populate } from './terminal/sample-workspace.ts';
import { helpLines, openSession } from './terminal/session.ts';
import { takeLines } from './terminal/take-lines.ts';

const folder = 'data/sandbox';
const connectWithinMs = 30_000;
/** Somebody who watches need not be kept waiting; lines from a pipe wait until the line before has had its effect. */
const patience = {
  watched: { answer: 3000, quiet: 0, underWay: 0 },
  piped: { answer: 15_000, quiet: 700, underWay: 30_000 },
};

process.exitCode = await sandbox();

/** @returns the exit code. */
async function sandbox(): Promise<number> {
  const stopping = new AbortController();
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<'interrupted'>();
  const stop = () => interrupt('interrupted');
  void interrupted.then(() => stopping.abort());
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const terminal = { input: process.stdin, output: process.stdout, interactive, interrupted: stop };
  using console = openConsole(terminal);
  stopping.signal.addEventListener('abort', () => console.end());

  const problem = await engineProblem(process.env);
  if (problem !== null) console.print([problem.sentence]);
  if (problem?.usable === false) return 1;

  await using workspace = await startWorkspace({ delivery: { kind: 'socket' } });
  populate(workspace);
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/shipmate.yml`, botConfig());
  await using bot = startBot(botEnvironment(workspace), (line) => console.print([`bot: ${line}`]));
  const ended = endOf(bot, stopping, console);
  const left = use(workspace, console, interactive, stopping.signal);
  const how = await Promise.race([ended, interrupted, left]);
  stopping.abort();
  return how === 'ended' ? 1 : 0;
}

/** Gives the prompt once the bot is connected. @throws when it doesn't connect. */
async function use(
  workspace: Workspace,
  console: Console,
  interactive: boolean,
  signal: AbortSignal,
): Promise<'left'> {
  await workspace.waitFor(() => workspace.connections > 0, connectWithinMs);
  console.print([
    `The bot is connected to a Slack workspace on this machine (${workspace.apiUrl}).`,
    ...helpLines,
  ]);
  using session = openSession(workspace, console);
  const waiting = interactive ? patience.watched : patience.piped;
  await takeLines({ workspace, console, session, patience: waiting, signal });
  return 'left';
}

/** Nothing goes on without the bot. */
async function endOf(bot: BotProcess, stopping: AbortController, console: Console): Promise<'ended'> {
  const how = await bot.ended;
  if (!stopping.signal.aborted) console.print([how]);
  stopping.abort();
  return 'ended';
}

function botEnvironment({ credentials, apiUrl }: Workspace): NodeJS.ProcessEnv {
  return {
    ...process.env,
    SLACK_BOT_TOKEN: credentials.botToken,
    SLACK_APP_TOKEN: credentials.appToken,
    SLACK_SIGNING_SECRET: '',
    SLACK_BOT_TOKEN_FILE: '',
    SLACK_APP_TOKEN_FILE: '',
    SLACK_SIGNING_SECRET_FILE: '',
    SLACK_API_URL: apiUrl,
    SHIPMATE_CONFIG: `${folder}/shipmate.yml`,
    DATABASE_URL: `sqlite:${folder}/shipmate.db`,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
  };
}
