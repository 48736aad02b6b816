import { expect, it } from 'vitest';
import { initialChoice } from '../../../../src/sandbox/slack/initial-choice.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

it.each([
  [{}, ''],
  [{ initial_value: '2' }, '2'],
  [{ initial_option: option('web') }, 'web'],
  [{ initial_options: [option('web'), option('api')] }, ['web', 'api']],
  [{ initial_date: '2026-11-21' }, '2026-11-21'],
  [{ initial_time: '09:30' }, '09:30'],
  [{ initial_date_time: 1_700_000_000 }, '1700000000'],
  [{ initial_user: 'U1' }, 'U1'],
  [{ initial_conversations: ['C1', 'D1'] }, ['C1', 'D1']],
])('an element with %j holds %j', (element, choice) => {
  expect(initialChoice(element)).toEqual(choice);
});
