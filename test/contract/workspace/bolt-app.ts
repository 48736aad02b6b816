import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import {
  startWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../../../src/sandbox/slack/workspace.ts';

export const transports = ['socket', 'http'] as const;
export type TransportKind = (typeof transports)[number];

/** A workspace with alice and bob in #deploys, and an unmodified Bolt app connected to it. */
export interface Connected extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly app: App;
}

interface Options extends Omit<WorkspaceOptions, 'delivery'> {
  /** Milliseconds after which Bolt takes a silent connection for broken, and that it waits before it connects anew: 200. */
  readonly clientPingTimeout?: number;
}

/** @param listen sets the app up before it is started. */
export async function connected(
  transport: TransportKind,
  listen: (app: App, workspace: Workspace) => void,
  options: Options = {},
  populate = withAliceAndBob,
): Promise<Connected> {
  const workspace = await startWorkspace({ ...options, delivery: { kind: transport } });
  populate(workspace);
  const { clientPingTimeout = 200 } = options;
  const { app, stop } = await bolt(transport, workspace, clientPingTimeout, (app) => listen(app, workspace));
  return {
    workspace,
    app,
    async [Symbol.asyncDispose]() {
      await stop();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

export async function populated(transport: TransportKind, options: Options = {}): Promise<Workspace> {
  const workspace = await startWorkspace({ ...options, delivery: { kind: transport } });
  withAliceAndBob(workspace);
  return workspace;
}

function withAliceAndBob({ directory }: Workspace): void {
  directory.addUser({ id: 'U0ALICE', name: 'alice' });
  directory.addUser({ id: 'U0BOB', name: 'bob' });
  directory.addGroup({ id: 'S0SRE', handle: 'sre', members: ['U0ALICE'] });
  directory.addChannel({ id: 'C0DEPLOYS', name: 'deploys' });
}

async function bolt(
  transport: TransportKind,
  workspace: Workspace,
  clientPingTimeout: number,
  listen: (app: App) => void,
) {
  const { botToken: token, appToken, signingSecret } = workspace.credentials;
  const slackApiUrl = workspace.apiUrl;
  const logLevel = LogLevel.ERROR;
  if (transport === 'socket') {
    const receiver = new SocketModeReceiver({
      appToken,
      logLevel,
      clientPingTimeout,
      installerOptions: { clientOptions: { slackApiUrl } },
    });
    const app = new App({ token, receiver, logLevel, clientOptions: { slackApiUrl } });
    listen(app);
    await app.start();
    return { app, stop: () => app.stop() };
  }
  const receiver = new HTTPReceiver({ signingSecret, logLevel });
  const app = new App({ token, receiver, logLevel, clientOptions: { slackApiUrl } });
  listen(app);
  const server = await receiver.start({ port: 0, host: '127.0.0.1' });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the app has no port');
  await workspace.register(`http://127.0.0.1:${address.port}`);
  return { app, stop: () => app.stop() };
}
