import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { flag, method, page, paging } from './method.ts';
import { groupShape, userShape } from './shapes.ts';

/** Who is asked for, and who asks: auth, bots, team, users and usergroups. */
export const peopleMethods = {
  'auth.test': method({
    scopes: [],
    rate: 100,
    args: z.object({}),
    run: (_, { state: { app, team }, origin }) => ({
      url: `${origin}/`,
      team: team.name,
      team_id: team.id,
      user: app.manifest.botName.toLowerCase(),
      user_id: app.botUser,
      bot_id: app.botId,
      is_enterprise_install: false,
    }),
  }),
  'bots.info': method({
    scopes: ['users:read'],
    rate: 50,
    args: z.object({ bot: z.string().optional() }),
    run({ bot }, { state: { app } }) {
      if (bot !== undefined && bot !== app.botId) throw new Refusal('bot_not_found');
      return {
        bot: { id: app.botId, deleted: false, name: app.manifest.name, user_id: app.botUser, app_id: app.id },
      };
    },
  }),
  'team.info': method({
    scopes: ['team:read'],
    rate: 50,
    args: z.object({}),
    run: (_, { state: { team } }) => ({ team }),
  }),
  'users.info': method({
    scopes: ['users:read'],
    rate: 100,
    args: z.object({ user: z.string() }),
    run(args, { state }) {
      const user = state.directory.user(args.user);
      if (user === undefined) throw new Refusal('user_not_found');
      return { user: userShape(user) };
    },
  }),
  'users.list': method({
    scopes: ['users:read'],
    rate: 20,
    args: z.object(paging),
    run(args, { state }) {
      const { items, response_metadata } = page(state.directory.users(), args);
      return { members: items.map(userShape), cache_ts: Math.floor(state.now() / 1000), response_metadata };
    },
  }),
  'usergroups.list': method({
    scopes: ['usergroups:read'],
    rate: 20,
    args: z.object({ include_users: flag.optional() }),
    run: (args, { state }) => ({
      usergroups: state.directory
        .groups()
        .map((group) => groupShape(group, state.team.id, args.include_users === true)),
    }),
  }),
  'usergroups.users.list': method({
    scopes: ['usergroups:read'],
    rate: 20,
    args: z.object({ usergroup: z.string(), include_disabled: flag.optional() }),
    run(args, { state }) {
      const group = state.directory.group(args.usergroup);
      if (group === undefined) throw new Refusal('no_such_subteam');
      return { users: group.members };
    },
  }),
};
