import { describe, expect, it } from 'vitest';
import { type SlackUser, standingOf } from '../../../src/slack/people.ts';

const member: SlackUser = {
  id: 'U1',
  team_id: 'T1',
  deleted: false,
  is_bot: false,
  is_restricted: false,
  is_ultra_restricted: false,
};

describe('the standing of a person', () => {
  it.each<[string, string, Partial<SlackUser>, string]>([
    ['a member', 'T1', {}, 'member'],
    ['a guest of several channels', 'T1', { is_restricted: true }, 'guest'],
    ['a guest of one channel', 'T1', { is_restricted: false, is_ultra_restricted: true }, 'guest'],
    ['a bot', 'T1', { is_bot: true }, 'bot'],
    ['a workflow', 'T1', { is_workflow_bot: true }, 'bot'],
    ['Slackbot', 'T1', { id: 'USLACKBOT' }, 'bot'],
    ['somebody deleted', 'T1', { deleted: true, is_restricted: true }, 'deleted'],
    ['a stranger', 'T1', { is_stranger: true }, 'stranger'],
    ['somebody of another organization', 'T2', { team_id: 'T2' }, 'foreign'],
    ['somebody who acts from another organization', 'T2', {}, 'foreign'],
    ['somebody whose workspace is not told', 'T1', { team_id: undefined }, 'foreign'],
    [
      'a member by way of an organization',
      'T2',
      { team_id: 'T2', enterprise_user: { teams: ['T1', 'T2'] } },
      'member',
    ],
    [
      'somebody of the organization who is not in the workspace',
      'T2',
      { team_id: 'T2', enterprise_user: { teams: ['T2', 'T3'] } },
      'foreign',
    ],
    [
      'somebody of whom Slack does not say whether they are a guest',
      'T1',
      { is_restricted: undefined },
      'guest',
    ],
  ])('%s (from %s)', (_, team, changes, standing) => {
    expect(standingOf({ ...member, ...changes }, team, 'T1')).toBe(standing);
  });
});
