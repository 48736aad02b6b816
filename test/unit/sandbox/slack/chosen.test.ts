import { describe, expect, it } from 'vitest';
import { chosen, inputProblem } from '../../../../src/sandbox/slack/chosen.ts';
import type { Control } from '../../../../src/sandbox/slack/controls.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: value.toUpperCase() }, value });
const control = (type: string, element: Control['element'] = {}): Control => ({
  blockId: 'b',
  actionId: 'a',
  type,
  label: 'Label',
  confirm: null,
  style: null,
  options: [option('web'), option('api')],
  isInput: true,
  isOptional: false,
  element: { type, ...element },
});

describe('what somebody chose', () => {
  it.each([
    ['plain_text_input', '3', { value: '3' }],
    ['plain_text_input', '', { value: null }],
    ['static_select', 'web', { selected_option: option('web') }],
    ['static_select', 'API', { selected_option: option('api') }],
    ['multi_static_select', ['web', 'api'], { selected_options: [option('web'), option('api')] }],
    ['checkboxes', ['web'], { selected_options: [option('web')] }],
    ['users_select', 'U1', { selected_user: 'U1' }],
    ['multi_users_select', ['U1', 'U2'], { selected_users: ['U1', 'U2'] }],
    ['datepicker', '2026-11-21', { selected_date: '2026-11-21' }],
    ['datetimepicker', '1700000000', { selected_date_time: 1_700_000_000 }],
  ])('in a %s has the shape that Slack gives it', (type, choice, shape) => {
    expect(chosen(control(type), choice)).toEqual({ type, ...shape });
  });

  it('must be there to be chosen', () => {
    expect(() => chosen(control('static_select'), 'db')).toThrow('Label has no option db; it has web, api.');
  });
});

describe('a client', () => {
  it.each([
    ['nothing', 'plain_text_input', {}, '', 'Please complete this required field.'],
    ['too little', 'plain_text_input', { min_length: 2 }, 'a', 'Please enter at least 2 characters.'],
    ['too much', 'plain_text_input', { max_length: 1 }, 'ab', 'Please enter no more than 1 characters.'],
    ['no number', 'number_input', {}, 'many', 'Please enter a valid number.'],
    ['half a number', 'number_input', { is_decimal_allowed: false }, '1.5', 'Please enter a whole number.'],
    ['too small a number', 'number_input', { min_value: '0' }, '-1', 'Please enter a number of at least 0.'],
    ['too big a number', 'number_input', { max_value: '9' }, '10', 'Please enter a number of at most 9.'],
  ])('takes %s for a mistake', (_, type, element, typed, problem) => {
    const input = control(type, element);
    expect(inputProblem(input, chosen(input, typed))).toBe(problem);
  });

  it('takes an empty field for right when it is optional', () => {
    const input = { ...control('plain_text_input'), isOptional: true };
    expect(inputProblem(input, chosen(input, ''))).toBeNull();
  });
});
