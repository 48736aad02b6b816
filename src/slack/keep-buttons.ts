import { type ComposedMessage, composeMessage, type Extras, withoutButtons } from './compose-message.ts';
import type { Log } from './log.ts';
import type { Page } from './pages.ts';
import { buttonLifetime, type StoredButton, type StoredButtons } from './stored-button.ts';

export interface KeepingTools {
  readonly buttons: StoredButtons;
  /** The workspace that the app is installed in. */
  readonly team: () => string;
  readonly now: () => number;
  readonly randomId: () => string;
  readonly log: Log;
}

/**
 * Composes a message whose buttons are stored before anybody can press them. When they can't be, the message says so and
 * has none: what it tells matters more.
 */
export async function composeAndKeep(
  page: Page,
  where: Pick<StoredButton, 'channel' | 'message' | 'user'>,
  extras: Extras,
  { buttons, team, now, randomId, log }: KeepingTools,
): Promise<ComposedMessage> {
  const composed = composeMessage(page, randomId, extras);
  if (composed.buttons.length === 0) return composed;
  const expiresAt = now() + buttonLifetime;
  try {
    await buttons.put(
      composed.buttons.map(({ id, content }) => ({
        id,
        team: team(),
        ...where,
        expiresAt,
        content: JSON.stringify(content),
      })),
    );
    return composed;
  } catch (error) {
    log.error({ error }, 'buttons could not be stored');
    const { turning, note } = extras;
    const pages =
      turning === undefined ? '' : ` This is page ${String(turning.page + 1)} of ${String(turning.of)}.`;
    const why = `${note === undefined ? '' : `${note} `}The buttons are left out: they could not be stored.${pages}`;
    return withoutButtons(page, why);
  }
}
