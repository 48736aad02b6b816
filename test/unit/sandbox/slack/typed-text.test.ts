import { expect, it } from 'vitest';
import { typedText } from '../../../../src/sandbox/slack/typed-text.ts';

it('escapes what Slack escapes, once', () => {
  expect(typedText('a <b> & &amp;')).toBe('a &lt;b&gt; &amp; &amp;amp;');
});

it.each([
  [
    'a host',
    'deploy web registry.example.com/shop/web:2',
    'deploy web <http://registry.example.com/shop/web:2|registry.example.com/shop/web:2>',
  ],
  ['an address', 'see https://example.com/a?b=1&c=2 now', 'see <https://example.com/a?b=1&amp;c=2> now'],
  ['a mail address', 'ask ops@example.com', 'ask <mailto:ops@example.com|ops@example.com>'],
])('links %s when the client does', (_, typed, sent) => {
  expect(typedText(typed, { links: true })).toBe(sent);
  expect(typedText(typed)).not.toContain('|');
});

it('bends dashes and quotes as a phone does', () => {
  expect(typedText(`ps --filter "name=web" 'a'`, { smart: true })).toBe('ps —filter “name=web” ‘a’');
});

it.each([
  ['@Shipmate ls', '<@U0BOT> ls'],
  ['ask @alice, or @bob.', 'ask <@U1>, or @bob.'],
  ['me@alice @@alice', 'me@alice @@alice'],
  ['<@alice>', '&lt;<@U1>&gt;'],
])('mentions whom the client knows: %s', (typed, sent) => {
  const names = new Map([
    ['shipmate', 'U0BOT'],
    ['alice', 'U1'],
  ]);
  expect(typedText(typed, { names })).toBe(sent);
  expect(typedText(typed)).not.toContain('<@');
});
