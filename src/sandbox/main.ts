import { mkdir, writeFile } from 'node:fs/promises';
import { botConfig } from './bot/bot-config.ts';
import { startBot } from './bot/bot-process.ts';
import { engineProblem } from './engine-state.ts';
import { bundlePage } from './page/bundle.ts';
import { servePage } from './page/serve-page.ts';
import { populate } from './sample-workspace.ts';
import { startWorkspace, type Workspace } from './slack/workspace.ts';
import { tour } from './tour.ts';

const folder = 'data/sandbox';
/** The same address every time, so that a page that is open finds the sandbox again. */
const usualPort = 7788;

process.exitCode = await sandbox();

/** @returns the exit code. */
async function sandbox(): Promise<number> {
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<'interrupted'>();
  const stop = () => interrupt('interrupted');
  process.once('SIGINT', stop).once('SIGTERM', stop);

  const problem = await engineProblem(process.env);
  if (problem !== null) say(problem.sentence);
  if (problem?.usable === false) return 1;

  await using workspace = await startWorkspace({ delivery: { kind: 'socket' } });
  populate(workspace);
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/shipmate.yml`, botConfig());
  await using bot = startBot(botEnvironment(workspace), (line) => say(`bot: ${line}`));
  const bundle = await bundlePage();
  await using page = await servePage(workspace, { bundle, tour, port: usualPort, orAnother: true });
  say(`Open ${page.address} in a browser. Ctrl-C ends the sandbox.`);
  const how = await Promise.race([bot.ended, interrupted]);
  if (how === 'interrupted') return 0;
  say(how);
  return 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
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
