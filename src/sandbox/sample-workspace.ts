import type { Workspace } from './slack/workspace.ts';

/** Channels where commands work; in #random they don't. */
export const commandChannels = { C0DEPLOYS: 'prod', C0STAGING: 'staging' } as const;

/** People of every kind that the bot tells apart, and three channels. */
export function populate({ directory, bot }: Workspace): void {
  directory.addUser({ id: 'U0ALICE', name: 'alice', realName: 'Alice, operator' });
  directory.addUser({ id: 'U0BOB', name: 'bob', realName: 'Bob, viewer' });
  directory.addUser({ id: 'U0CAROL', name: 'carol', realName: 'Carol, approver' });
  directory.addUser({ id: 'U0GUS', name: 'gus', realName: 'Gus, a guest', isRestricted: true });
  directory.addUser({
    id: 'U0OLGA',
    name: 'olga',
    realName: 'Olga, of another organization',
    team: 'T0ELSEWHERE',
    isStranger: true,
  });
  directory.addGroup({ id: 'S0SRE', handle: 'sre', members: ['U0ALICE'] });
  directory.addGroup({ id: 'S0LEADS', handle: 'leads', members: ['U0CAROL'] });
  const members = [bot.user, 'U0ALICE', 'U0BOB', 'U0CAROL', 'U0GUS', 'U0OLGA'];
  directory.addChannel({ id: 'C0DEPLOYS', name: 'deploys', members });
  directory.addChannel({ id: 'C0STAGING', name: 'staging', members });
  directory.addChannel({ id: 'C0RANDOM', name: 'random', members });
}
