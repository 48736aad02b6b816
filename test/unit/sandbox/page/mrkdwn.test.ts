import { describe, expect, it } from 'vitest';
import { readMrkdwn, type Mark } from '../../../../src/sandbox/page/ui/blocks/mrkdwn.ts';
import { processorTime } from '../../processor-time.ts';

const text = (text: string): Mark => ({ kind: 'text', text });

describe('mrkdwn', () => {
  it.each<[string, readonly Mark[]]>([
    ['plain', [text('plain')]],
    ['a *b* c', [text('a '), { kind: 'bold', inside: [text('b')] }, text(' c')]],
    ['*b _i_*', [{ kind: 'bold', inside: [text('b '), { kind: 'italic', inside: [text('i')] }] }]],
    ['~no~', [{ kind: 'strike', inside: [text('no')] }]],
    ['`*b*`', [{ kind: 'code', text: '*b*' }]],
    ['```\nx\n*y*```', [{ kind: 'preformatted', text: 'x\n*y*' }]],
    ['snake_case_name 2*3*4', [text('snake_case_name 2*3*4')]],
    ['* no *', [text('* no *')]],
    ['&lt;b&gt; &amp;amp;', [text('<b> &amp;')]],
    ['<@U1> in <#C1>', [{ kind: 'user', id: 'U1' }, text(' in '), { kind: 'channel', id: 'C1' }]],
    ['<!subteam^S1>', [{ kind: 'group', id: 'S1' }]],
    ['<!here>', [{ kind: 'broadcast', id: 'here' }]],
    ['<https://a.example/?x=1&amp;y=2|a>', [{ kind: 'link', url: 'https://a.example/?x=1&y=2', text: 'a' }]],
    ['<https://a.example>', [{ kind: 'link', url: 'https://a.example', text: 'https://a.example' }]],
    ['<!date^17^{time}|then>', [{ kind: 'date', timestamp: 17, format: '{time}', fallback: 'then' }]],
    [':x: 10:30:00', [{ kind: 'emoji', id: 'x' }, text(' 10'), { kind: 'emoji', id: '30' }, text('00')]],
    ['a\n&gt; b\n&gt; c\nd', [text('a'), { kind: 'quote', inside: [text('b\nc')] }, text('d')]],
  ])('reads %j', (written, marks) => {
    expect(readMrkdwn(written)).toEqual(marks);
  });

  it('reads what is made to be slow in no time', () => {
    const slow = '*a'.repeat(5000) + '`'.repeat(5000) + '<'.repeat(5000) + '_ '.repeat(5000);
    expect(processorTime(() => readMrkdwn(slow))).toBeLessThan(2000);
  });
});
