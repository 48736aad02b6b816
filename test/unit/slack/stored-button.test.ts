import { describe, expect, it } from 'vitest';
import {
  type ButtonContent,
  type Press,
  pressed,
  type StoredButton,
  submitted,
  withValue,
} from '../../../src/slack/stored-button.ts';

const content: ButtonContent = { kind: 'command', command: ['ls'], once: false };
const shared: StoredButton = {
  id: 'b1',
  team: 'T1',
  channel: 'C1',
  message: '1.1',
  user: null,
  expiresAt: 0,
  content: JSON.stringify(content),
};
const hidden: StoredButton = { ...shared, message: null, user: 'U1' };
const press: Press = { team: 'T1', user: 'U1', channel: 'C1', message: '1.1', isEphemeral: false };
const secretPress: Press = { ...press, message: '9.9', isEphemeral: true };

describe('a button that was pressed', () => {
  it('stands for its command, in its message for everybody, in an ephemeral one for its reader', () => {
    expect(pressed(shared, press)).toEqual(content);
    expect(pressed(shared, { ...press, user: 'U2' })).toEqual(content);
    expect(pressed(hidden, secretPress)).toEqual(content);
  });

  it.each<[string, StoredButton | null, Press]>([
    ['unknown or expired', null, press],
    ['of another message', shared, { ...press, message: '1.2' }],
    ['of another channel', shared, { ...press, channel: 'C2' }],
    ['of another workspace', shared, { ...press, team: 'T2' }],
    ['of a public message, pressed in an ephemeral one', shared, { ...press, isEphemeral: true }],
    ['shown to somebody else', hidden, { ...secretPress, user: 'U2' }],
    ['of an ephemeral message, pressed in a public one', hidden, { ...secretPress, isEphemeral: false }],
    ['of an ephemeral message in another channel', hidden, { ...secretPress, channel: 'C2' }],
    ['not bound to its message yet', { ...shared, message: null }, press],
  ])('is refused when it is %s', (_, button, press) => {
    expect(() => pressed(button, press)).toThrow(expect.objectContaining({ kind: 'input' }));
  });
});

describe('a form that was submitted', () => {
  const value: ButtonContent = { kind: 'value', command: ['scale', 'web={}'], thread: null, response: null };
  const form = { ...hidden, content: JSON.stringify(value) };

  it("is its opener's alone", () => {
    expect(submitted(form, { team: 'T1', user: 'U1' })).toEqual({ channel: 'C1', content: value });
    expect(() => submitted(form, { team: 'T1', user: 'U2' })).toThrow(/somebody else/);
    expect(() => submitted(form, { team: 'T2', user: 'U1' })).toThrow(/somebody else/);
    expect(() => submitted(null, { team: 'T1', user: 'U1' })).toThrow(/older than a day/);
  });

  it('is no button, and a button is no form', () => {
    expect(() => submitted(hidden, { team: 'T1', user: 'U1' })).toThrow(/older than a day/);
  });

  it('puts the value into its word, whatever the value is', () => {
    expect(withValue(['service', 'scale', 'web={}'], '3 --force')).toEqual([
      'service',
      'scale',
      'web=3 --force',
    ]);
    expect(withValue(['a={}', '{}'], '$& {} $1')).toEqual(['a=$& {} $1', '$& {} $1']);
  });
});
