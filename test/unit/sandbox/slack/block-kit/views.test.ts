import { describe, expect, it } from 'vitest';
import { checkView } from '../../../../../src/sandbox/slack/block-kit/check-blocks.ts';
import { refusalBy } from './rule.ts';
import { x, times, plain, divider, section } from './samples.ts';

const modal = (fields: object = {}) => ({
  type: 'modal',
  title: plain('Scale web'),
  blocks: [divider],
  ...fields,
});
const home = (fields: object = {}) => ({ type: 'home', blocks: [divider], ...fields });

interface ViewRule {
  readonly rule: string;
  readonly kind: 'modal' | 'home';
  readonly keeps: unknown;
  readonly breaks: unknown;
  readonly says: string;
}

const refusedInModal = ['table', 'markdown', 'card', 'task_card', 'plan'];
const refusedInHome = ['table', 'markdown', 'alert', 'plan', 'task_card'];
const refusesType =
  (kind: 'modal' | 'home') =>
  (type: string): ViewRule => ({
    rule: `a ${kind} has no ${type}`,
    kind,
    keeps: kind === 'modal' ? modal() : home(),
    breaks: (kind === 'modal' ? modal : home)({ blocks: [{ type }] }),
    says: `unsupported type: ${type} [json-pointer:/view/blocks/0/type]`,
  });

const viewRules: readonly ViewRule[] = [
  {
    rule: 'a view has at most 100 blocks',
    kind: 'modal',
    keeps: modal({ blocks: times(100, () => divider) }),
    breaks: modal({ blocks: times(101, () => divider) }),
    says: 'no more than 100 items allowed [json-pointer:/view/blocks]',
  },
  ...['title', 'submit', 'close'].map((part): ViewRule => ({
    rule: `a ${part} has at most 24 characters`,
    kind: 'modal',
    keeps: modal({ [part]: plain(x(24)) }),
    breaks: modal({ [part]: plain(x(25)) }),
    says: `must be less than 25 characters [json-pointer:/view/${part}/text]`,
  })),
  {
    rule: 'private_metadata has at most 3,000 characters',
    kind: 'modal',
    keeps: modal({ private_metadata: x(3000) }),
    breaks: modal({ private_metadata: x(3001) }),
    says: '[json-pointer:/view/private_metadata]',
  },
  {
    rule: 'a modal has a title',
    kind: 'modal',
    keeps: modal(),
    breaks: { type: 'modal', blocks: [divider] },
    says: '[json-pointer:/view/title]',
  },
  {
    rule: 'a callback_id has at most 255 characters',
    kind: 'modal',
    keeps: modal({ callback_id: x(255) }),
    breaks: modal({ callback_id: x(256) }),
    says: '[json-pointer:/view/callback_id]',
  },
  {
    rule: 'a home tab has at most 100 blocks',
    kind: 'home',
    keeps: home({ blocks: times(100, () => divider) }),
    breaks: home({ blocks: times(101, () => divider) }),
    says: 'no more than 100 items allowed [json-pointer:/view/blocks]',
  },
  {
    rule: 'a home tab has no title',
    kind: 'home',
    keeps: home(),
    breaks: home({ title: plain('x') }),
    says: 'unsupported property: title [json-pointer:/view]',
  },
  {
    rule: 'a modal is published nowhere',
    kind: 'home',
    keeps: home(),
    breaks: modal(),
    says: '[json-pointer:/view/type]',
  },
  ...refusedInModal.map(refusesType('modal')),
  ...refusedInHome.map(refusesType('home')),
];

describe('a view', () => {
  it.each(viewRules)('$rule', ({ kind, keeps, breaks, says }) => {
    expect(refusalBy(() => checkView(keeps, kind))).toBeNull();
    const refused = refusalBy(() => checkView(breaks, kind));
    expect(refused?.code).toBe('invalid_arguments');
    expect(JSON.stringify(refused?.detail)).toContain(says);
  });

  it('has at most 250 KB', () => {
    const blocks = times(90, () => section({ text: plain(x(2800)) }));
    expect(refusalBy(() => checkView(modal({ blocks: blocks.slice(0, 80) }), 'modal'))).toBeNull();
    expect(refusalBy(() => checkView(modal({ blocks }), 'modal'))?.code).toBe('view_too_large');
  });
});
