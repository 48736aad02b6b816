import type { App, ViewSubmitAction } from '@slack/bolt';
import type { EntryTools } from './admit.ts';
import { userChange } from './payloads.ts';
import type { SlackPeople } from './people.ts';
import { formCallback } from './render-form.ts';
import { takeClick } from './take-click.ts';
import { takeSubmission } from './take-submission.ts';
import { takeCommand, takeMention } from './take-typed.ts';

/** `/swarm`, and what a second installation may call it: `/staging-swarm`. */
const commandName = /^\/(?:[\w-]+-)?swarm$/;

/** Registers with Bolt for everything that the bot hears. */
export function listen(app: App, tools: EntryTools & { readonly people: SlackPeople }): void {
  const { people, log } = tools;

  app.command(commandName, ({ body, ack }) => guarded(() => takeCommand(body, ack, tools), ack));
  app.event('app_mention', ({ body }) => guarded(() => takeMention(body, tools)));
  app.action({ type: 'block_actions' }, ({ body, ack }) => guarded(() => takeClick(body, ack, tools), ack));
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: formCallback }, ({ body, ack }) =>
    guarded(() => takeSubmission(body, ack, tools), ack),
  );

  app.event('user_change', ({ body }) =>
    guarded(async () => people.forget(userChange.parse(body).event.user.id)),
  );
  for (const change of ['subteam_created', 'subteam_updated', 'subteam_members_changed']) {
    app.event(change, async () => people.forgetGroups());
  }

  /** A listener that throws sends no acknowledgement, and Slack tells its user that the app is broken. */
  async function guarded(take: () => Promise<void>, ack?: () => Promise<unknown>): Promise<void> {
    try {
      await take();
    } catch (error) {
      log.error({ error }, 'a payload from Slack was not understood');
      // It may have been acknowledged already; a second time is refused, and that is well.
      await ack?.().catch(() => undefined);
    }
  }
}
