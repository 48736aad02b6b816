import { createDirectory, type Directory, type DirectoryChange } from './directory.ts';
import { createFiles, type Files } from './files.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import { createIds, type Ids } from './ids.ts';
import type { Manifest } from './manifest.ts';
import { createMessages, type Messages } from './messages.ts';
import { createOffers, type Offers } from './offers.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import { createViews, type Views } from './views.ts';

/** The app as it is installed in the workspace. */
interface InstalledApp {
  readonly id: string;
  readonly botUser: string;
  readonly botId: string;
  readonly manifest: Manifest;
}

export interface Team {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
}

/** Everything the workspace knows. */
export interface State {
  readonly now: () => number;
  readonly team: Team;
  readonly app: InstalledApp;
  readonly ids: Ids;
  readonly happenings: Happenings;
  readonly directory: Directory;
  readonly messages: Messages;
  readonly views: Views;
  readonly files: Files;
  readonly offers: Offers;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
}

export const slackbot = 'USLACKBOT';

export function createState(
  manifest: Manifest,
  now: () => number,
  changed: (change: DirectoryChange) => void,
): State {
  const ids = createIds(now);
  const happenings = createHappenings();
  const team = { id: 'T0LOCAL', domain: 'local', name: 'Local workspace' };
  const app = { id: 'A0SHIPMATE', botUser: 'U0SHIPMATE', botId: 'B0SHIPMATE', manifest };
  const directory = createDirectory(team.id, ids, (change) => {
    happenings.tell({ kind: 'directory' });
    if (change !== null) changed(change);
  });
  directory.addUser({
    id: app.botUser,
    name: manifest.botName.toLowerCase(),
    realName: manifest.botName,
    isBot: true,
  });
  directory.addUser({ id: slackbot, name: 'slackbot', realName: 'Slackbot' });
  return {
    now,
    team,
    app,
    ids,
    happenings,
    directory,
    messages: createMessages(ids, happenings),
    views: createViews(ids, happenings),
    files: createFiles(ids),
    offers: createOffers(),
    triggers: createTriggers(now, ids),
    responseUrls: createResponseUrls(now),
  };
}
