import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { botConfig } from './bot/bot-config.ts';
import { startBot } from './bot/bot-process.ts';
import { readOptions, usage, type SandboxOptions } from './options.ts';
import { bundlePage } from './page/bundle.ts';
import { servePage } from './page/serve-page.ts';
import { populate } from './sample-workspace.ts';
import { openEngine } from './sandbox-engine.ts';
import { startMishap } from './start-mishap.ts';
import { startWorkspace, type Workspace } from './slack/workspace.ts';

/** The same address every time, so that a page that is open finds the sandbox again. */
const usualPort = 7788;

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code: 0 when it was ended by hand, 1 when it couldn't go on, 2 for a mistake in the options. */
async function main(words: readonly string[]): Promise<number> {
  let options: SandboxOptions;
  try {
    options = readOptions(words);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    return await sandbox(options);
  } catch (error) {
    const told = startMishap(error);
    if (told === null) throw error;
    process.stderr.write(`${told}\n`);
    return 1;
  }
}

async function sandbox(options: SandboxOptions): Promise<number> {
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<'interrupted'>();
  const stop = () => interrupt('interrupted');
  // Ctrl-C may arrive twice, from the terminal and passed on by npm: the second must not cut off the bot's end.
  process.on('SIGINT', stop).on('SIGTERM', stop);

  const ask = process.stdin.isTTY && process.stdout.isTTY ? (question: string) => confirm(question) : null;
  await using engine = await openEngine(options, process.env, { say, ask });
  if (engine === null) return 1;

  const { port } = options;
  const data = options.data ?? engine.usualData;
  await mkdir(data, { recursive: true });
  await writeFile(join(data, 'shipmate.yml'), botConfig());
  await using workspace = await startWorkspace({ delivery: { kind: 'socket' } });
  populate(workspace);
  const bundle = await bundlePage();
  const where = port === null ? { port: usualPort, orAnother: true } : { port };
  await using page = await servePage(workspace, {
    bundle,
    tour: engine.tour,
    scenarios: engine.scenarios,
    ...where,
  });
  say(`Open ${page.address} in a browser. Ctrl-C ends the sandbox.`);
  // The page is there at once, and shows when the bot is connected.
  await using bot = startBot(botEnvironment(engine.env, workspace, data), (line) => say(`bot: ${line}`));
  const how = await Promise.race([bot.ended, interrupted]);
  if (how === 'interrupted') return 0;
  say(how);
  return 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function confirm(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const { promise: left, resolve: leave } = Promise.withResolvers<string>();
  // While it reads, Ctrl-C reaches the reader alone.
  reader.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  process.once('SIGINT', () => leave(''));
  reader.once('close', () => leave(''));
  const answer = await Promise.race([reader.question(`${question} (y/N) `), left]);
  reader.close();
  return /^y(?:es)?$/i.test(answer.trim());
}

function botEnvironment(
  env: NodeJS.ProcessEnv,
  { credentials, apiUrl }: Workspace,
  data: string,
): NodeJS.ProcessEnv {
  return {
    ...env,
    SLACK_BOT_TOKEN: credentials.botToken,
    SLACK_APP_TOKEN: credentials.appToken,
    SLACK_SIGNING_SECRET: '',
    SLACK_BOT_TOKEN_FILE: '',
    SLACK_APP_TOKEN_FILE: '',
    SLACK_SIGNING_SECRET_FILE: '',
    SLACK_API_URL: apiUrl,
    SHIPMATE_CONFIG: join(data, 'shipmate.yml'),
    DATABASE_URL: `sqlite:${join(data, 'shipmate.db')}`,
    LOG_LEVEL: env['LOG_LEVEL'] ?? 'warn',
  };
}
