import { describe, expect, it } from 'vitest';
import { mentionedText, typedText } from '../../../src/slack/typed-text.ts';
import { processorTime } from '../processor-time.ts';

describe('typed text', () => {
  it.each([
    ['curly double quotes', 'ls --filter “name=web”', 'ls --filter "name=web"'],
    ['curly single quotes', 'ls --filter ‘name=web’', "ls --filter 'name=web'"],
    ['low quotes', 'reject 7 „too late‟', 'reject 7 "too late"'],
    ['an em dash for --', 'service ps web —no-trunc', 'service ps web --no-trunc'],
    ['an em dash at the start', '—help', '--help'],
    ['an em dash in quotes', '"—force"', '"--force"'],
    ['an en dash before a word', 'service ps web –no-trunc', 'service ps web --no-trunc'],
    ['an en dash before a letter', 'logs web –f', 'logs web -f'],
    ['an en dash before a letter and =', 'ls –f=name=web', 'ls -f=name=web'],
    ['an em dash before a letter', 'logs web —f', 'logs web --f'],
    ['an em dash inside a word', 'ps shop—web', 'ps shop--web'],
    ['an en dash inside a word', 'ps shop–web', 'ps shop-web'],
    ['a minus sign', 'scale web=−1', 'scale web=-1'],
    ['a non-breaking hyphen', 'ps shop‑web', 'ps shop-web'],
    ['an em dash of a sentence', 'lock prod/web freeze — holiday', 'lock prod/web freeze — holiday'],
    ['an en dash of a sentence', 'lock prod/web freeze – holiday', 'lock prod/web freeze – holiday'],
    ['a non-breaking space', 'scale\u00a0web=3', 'scale web=3'],
    ['a narrow space', 'scale\u202fweb=3', 'scale web=3'],
    ['a space without width', '\u200bscale web=3\u2060\ufeff', 'scale web=3'],
    [
      'a host',
      'deploy web <http://registry.example.com|registry.example.com>/web:1',
      'deploy web registry.example.com/web:1',
    ],
    [
      'a host with a port',
      'deploy web <http://example.com:5000/web:1|example.com:5000/web:1>',
      'deploy web example.com:5000/web:1',
    ],
    ['an address', '<https://example.com/a?b=1&amp;c=2>', 'https://example.com/a?b=1&c=2'],
    ['a mail address', '--label owner=<mailto:a@b.io|a@b.io>', '--label owner=a@b.io'],
    ['a bare mail address', '<mailto:a@b.io>', 'a@b.io'],
    ['a telephone number', '<tel:5551234567|555-1234567>', '555-1234567'],
    ['a person', 'audit <@U1|ann>', 'audit U1'],
    ['a person without a name', 'audit <@W0ANN>', 'audit W0ANN'],
    ['a channel', 'can-i <#C1|deploys>', 'can-i C1'],
    ['a user group', 'can-i <!subteam^S0SRE|@sre>', 'can-i S0SRE'],
    ['a call to everybody', 'reject 7 <!channel>', 'reject 7 @channel'],
    ['a date', '<!date^1700000000^{date}|14 November>', '14 November'],
    ['escaped characters', '--filter &lt;a&gt; &amp;&amp;', '--filter <a> &&'],
    ['what was escaped twice, once', '&amp;lt;!channel&amp;gt;', '&lt;!channel&gt;'],
    ['a link that was typed', '&lt;http://a|b&gt;', '<http://a|b>'],
    ['backticks around all of it', '`service ls`', 'service ls'],
    ['a block of code', '```\ndocker service ls\n```', 'docker service ls'],
    ['lines that end as in Windows', 'service \\\r\nls', 'service \\\nls'],
    ['half a character', 'ps \ud83d', 'ps \ufffd'],
  ])('undoes %s', (_, sent, meant) => {
    expect(typedText(sent)).toBe(meant);
  });

  it.each([
    'service scale web=3',
    'service ls --filter "label=tier=front end" -q',
    "service ls --filter 'name=a b'",
    'ps web_1-a.b',
    'ls `web` and more',
    '--filter name=<unclosed',
    '日本語 --no-trunc',
    '',
  ])('leaves %j as it is', (text) => {
    expect(typedText(text)).toBe(text);
  });

  it('changes nothing when it is done twice to a plain command', () => {
    const once = typedText('service update —image <http://example.com|example.com>/web:1 “web”');
    expect(typedText(once)).toBe(once);
  });

  it('takes no longer than a moment for 40,000 characters of anything', () => {
    const took = processorTime(() => {
      for (const bad of ['<', '&', '—', '`', '<@', '\u200b', '<http://a|']) typedText(bad.repeat(20_000));
    });
    expect(took).toBeLessThan(1_000);
  });
});

describe('the text of a mention', () => {
  it.each([
    ['<@U0BOT> service ls', 'service ls'],
    ['  <@U0BOT|shipmate>: service ls', 'service ls'],
    ['<@U0BOT>', ''],
    ['\n<@U0BOT>\nls', 'ls'],
  ])('loses the bot where it stands first: %j', (text, command) => {
    expect(mentionedText(text, 'U0BOT')).toBe(command);
  });

  it('keeps what a sentence about the bot says, so that it is no command', () => {
    expect(mentionedText('I think <@U0BOT> restart web is a bad idea', 'U0BOT')).toBe(
      'I think U0BOT restart web is a bad idea',
    );
  });
});
