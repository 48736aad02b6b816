import { quoted } from './quoted.ts';

export const personIdPattern = '^(everyone|[UWS][A-Z0-9]{2,})$';
export const channelIdPattern = '^[CG][A-Z0-9]{2,}$';

const personId = new RegExp(personIdPattern);
const channelId = new RegExp(channelIdPattern);
/** A mention as Slack writes it in a message's text: `<@U0ALICE|alice>`, `<!subteam^S0SRE>`, `<#C0DEPLOYS|deploys>`. */
const mention = /^<[@#!](?:subteam\^)?([A-Z0-9]+)(?:\|[^>]*)?>$/;

/** What is wrong with a user's or user group's id, or undefined. */
export function personIdMistake(found: string): string | undefined {
  if (personId.test(found)) return undefined;
  const meant = intended(found, personId);
  if (meant !== undefined) return `${quoted(found)} is not an id; did you mean ${quoted(meant)}?`;
  if (channelId.test(found)) {
    return `${quoted(found)} is a channel; expected people: a user id (U…), a user-group id (S…) or everyone`;
  }
  const advice =
    "write the id: a user's (U…) stands in their profile under ⋮, a user group's (S…) in its page's address";
  return found.startsWith('@')
    ? `${quoted(found)} is a name, which whoever bears it can change; ${advice}`
    : `${quoted(found)} is neither a user id (U…), a user-group id (S…) nor everyone; ${advice}`;
}

/** What is wrong with a channel's id, or undefined. */
export function channelIdMistake(found: string): string | undefined {
  if (channelId.test(found)) return undefined;
  const meant = intended(found, channelId);
  if (meant !== undefined) return `${quoted(found)} is not an id; did you mean ${quoted(meant)}?`;
  const advice = "write the channel's id (C…), which stands at the end of its details in Slack";
  if (found.startsWith('#')) return `${quoted(found)} is a name, which can be changed; ${advice}`;
  if (/^D[A-Z0-9]{2,}$/.test(found)) {
    return `${quoted(found)} is a direct message; commands work in channels alone; ${advice}`;
  }
  return `${quoted(found)} is not a channel id; ${advice}`;
}

function intended(found: string, id: RegExp): string | undefined {
  if (/^@?everyone$/i.test(found) && id.test('everyone')) return 'everyone';
  const inner = mention.exec(found)?.[1] ?? (/\d/.test(found) ? found.toUpperCase() : undefined);
  return inner !== undefined && id.test(inner) ? inner : undefined;
}
