import { z } from 'zod';
import type { People, Standing } from '../dispatch/request.ts';
import { Failure } from '../swarm/failure.ts';
import { remembered } from './remembered.ts';
import type { WebApi } from './web-api.ts';

/** Who people are to Slack, remembered for a minute at most. */
export interface SlackPeople extends People {
  /** Forgets what is known of a user, who changed. */
  forget(user: string): void;
  forgetGroups(): void;
}

interface PeopleOptions {
  readonly api: WebApi;
  /** The app's own workspace. @throws Failure as long as it isn't known. */
  readonly team: () => string;
  readonly now: () => number;
}

const lifetime = 60_000;

/** https://docs.slack.dev/reference/objects/user-object */
const user = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_workflow_bot: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
});
export type SlackUser = z.infer<typeof user>;

const userAnswer = z.object({ user });
const group = z
  .object({
    id: z.string(),
    users: z.array(z.string()).optional(),
    user_count: z.union([z.number(), z.string()]).optional(),
  })
  // A group whose members aren't told is not an empty one: a deny for it would be passed over.
  .refine(({ users, user_count }) => users !== undefined || Number(user_count) === 0);
type Group = z.infer<typeof group>;
const groupsAnswer = z.object({ usergroups: z.array(group) });

/** https://docs.slack.dev/reference/methods/users.info and usergroups.list */
export function slackPeople({ api, team, now }: PeopleOptions): SlackPeople {
  const users = remembered({
    lifetime,
    now,
    load: async (id: string) => {
      const { user } = await api.call('users.info', { user: id }, userAnswer);
      if (user.id !== id) throw new Failure('unavailable', `Slack told of ${user.id} in place of ${id}.`);
      return user;
    },
  });
  const groups = remembered<'all', readonly Group[]>({
    lifetime,
    now,
    load: async () => {
      const { usergroups } = await api.call('usergroups.list', { include_users: true }, groupsAnswer);
      return usergroups;
    },
  });

  return {
    async person(asTeam, id) {
      const standing = standingOf(await users.get(id), asTeam, team());
      if (standing !== 'member') return { team: asTeam, id, standing, groups: [] };
      const all = await groups.get('all');
      const mine = all.filter(({ users = [] }) => users.includes(id));
      return { team: asTeam, id, standing, groups: mine.map((group) => group.id) };
    },
    forget: (id) => users.forget(id),
    forgetGroups: () => groups.forget('all'),
  };
}

/**
 * @param asTeam the workspace that the person acts from, as the payload says.
 * @param ours the workspace that the app is installed in.
 */
export function standingOf(user: SlackUser, asTeam: string, ours: string): Standing {
  if (user.deleted === true) return 'deleted';
  if (user.is_bot === true || user.is_workflow_bot === true || user.id === 'USLACKBOT') return 'bot';
  if (user.is_stranger === true) return 'stranger';
  const teams = [user.team_id, ...(user.enterprise_user?.teams ?? [])];
  if (!teams.includes(ours) || !teams.includes(asTeam)) return 'foreign';
  // What Slack doesn't say isn't taken for a no.
  const isMember = user.is_restricted === false && user.is_ultra_restricted === false;
  return isMember ? 'member' : 'guest';
}
