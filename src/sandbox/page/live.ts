import type { RawData, WebSocket } from 'ws';
import { parseJson } from '../slack/json.ts';
import { rawText } from '../slack/raw-text.ts';
import type { Happening, Workspace } from '../slack/workspace.ts';
import { recordExchanges } from './exchanges.ts';
import {
  pictureOfMessage,
  pictureOfMessages,
  pictureOfPeople,
  pictureOfView,
  pictureOfViews,
} from './picture.ts';
import {
  FromPage,
  type Deed,
  type FromServer,
  type ReadMark,
  type Result,
  type Snapshot,
  type Step,
} from './protocol.ts';
import { takeDeed } from './take-deed.ts';

/** A trouble that can be set off in whatever the app manages. */
interface Scenario {
  readonly name: string;
  /** What happens, in a line. */
  readonly summary: string;
  /** A command that shows what came of it. */
  readonly look?: string;
  play(): void;
}

export interface LiveParts {
  readonly workspace: Workspace;
  readonly tour?: readonly Step[];
  readonly scenarios?: readonly Scenario[];
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Keeps every page that is open up to date, and does what is done on them. */
export interface Live extends Disposable {
  join(socket: WebSocket): void;
}

export function createLive({ workspace, tour = [], scenarios = [], now = Date.now }: LiveParts): Live {
  const pages = new Set<WebSocket>();
  const marks = new Map<string, ReadMark>();
  const tell = (message: FromServer) => {
    const text = JSON.stringify(message);
    for (const page of pages) page.send(text);
  };
  const exchanges = recordExchanges(workspace, now, (exchange) => tell({ kind: 'exchange', exchange }));
  const stop = workspace.on((happening) => {
    const message = toldOf(happening, workspace);
    if (message !== null) tell(message);
  });

  function snapshot(): Snapshot {
    const { team, bot, commands, connections } = workspace;
    return {
      kind: 'snapshot',
      team: { id: team.id, name: team.name },
      bot: bot.user,
      commands,
      people: pictureOfPeople(workspace),
      messages: pictureOfMessages(workspace),
      views: pictureOfViews(workspace),
      exchanges: exchanges.recent,
      read: [...marks.values()],
      connections,
      tour,
      scenarios: scenarios.map(({ name, summary, look }) => ({
        name,
        summary,
        ...(look === undefined ? {} : { look }),
      })),
    };
  }

  async function resultOf(deed: Deed): Promise<Result> {
    if (deed.kind === 'read') {
      const mark = { user: deed.user, channel: deed.channel, ts: deed.ts };
      marks.set(`${mark.user} ${mark.channel}`, mark);
      tell({ kind: 'read', mark });
      return { kind: 'done' };
    }
    if (deed.kind === 'scenario') {
      const scenario = scenarios.find(({ name }) => name === deed.name);
      if (scenario === undefined) return troubleOf(`There is no scenario ${deed.name} here.`);
      scenario.play();
      return { kind: 'done' };
    }
    return takeDeed(workspace, deed);
  }

  async function hear(page: WebSocket, data: RawData): Promise<void> {
    const { request, deed } = FromPage.parse(parseJson(rawText(data)));
    const result = await resultOf(deed).catch((error: unknown) => troubleOf(error));
    const message: FromServer = { kind: 'result', request, result };
    if (page.readyState === page.OPEN) page.send(JSON.stringify(message));
  }

  return {
    join(page) {
      page.on('error', () => page.terminate());
      page.on('close', () => pages.delete(page));
      // What isn't in the protocol comes from a page of another version, or from no page of ours.
      page.on('message', (data) => void hear(page, data).catch(() => page.close(1007)));
      page.send(JSON.stringify(snapshot()));
      pages.add(page);
    },
    [Symbol.dispose]() {
      stop();
      exchanges[Symbol.dispose]();
    },
  };
}

function toldOf(happening: Happening, workspace: Workspace): FromServer | null {
  switch (happening.kind) {
    case 'message': {
      const { change, message } = happening;
      return { kind: 'message', change, message: pictureOfMessage(message, workspace) };
    }
    case 'view':
      return { kind: 'view', change: happening.change, view: pictureOfView(happening.view) };
    case 'directory':
      return { kind: 'people', people: pictureOfPeople(workspace) };
    case 'connection':
      return { kind: 'connections', open: happening.open };
    case 'call':
    case 'delivery':
      return null;
  }
}

function troubleOf(error: unknown): Result {
  return { kind: 'trouble', reason: error instanceof Error ? error.message : String(error) };
}
