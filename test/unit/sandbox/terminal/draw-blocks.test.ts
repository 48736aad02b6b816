import { describe, expect, it } from 'vitest';
import { drawBlocks } from '../../../../src/sandbox/terminal/draw-blocks.ts';
import { drawTable } from '../../../../src/sandbox/terminal/draw-table.ts';

const names = {
  user: () => 'alice',
  group: () => 'sre',
  channel: () => 'deploys',
};
const draw = (...blocks: readonly Record<string, unknown>[]) =>
  drawBlocks(blocks, { names, numberOf: (_, actionId) => (actionId === 'scale' ? 3 : undefined) });
const plain = (text: string) => ({ type: 'plain_text', text });
const rich = (...elements: readonly object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

const cell = (text: string) => ({ type: 'raw_text', text });

describe('in a terminal', () => {
  it('a table stands in columns', () => {
    const rows = [
      [rich({ type: 'text', text: 'NAME' }), cell('REPLICAS')],
      [cell('shop_web'), cell('2/2')],
    ];
    expect(draw({ type: 'table', rows })).toEqual(['NAME       REPLICAS', 'shop_web   2/2']);
  });

  it('wide characters keep the columns straight', () => {
    expect(
      drawTable([
        ['🚢', 'x'],
        ['日本', 'y'],
        ['abcd', 'z'],
      ]),
    ).toEqual(['🚢     x', '日本   y', 'abcd   z']);
  });

  it('people, groups, channels, links and entities are readable', () => {
    const text = '<@U1> in <#C1>, <!subteam^S1>, <!channel>: a &lt; b &amp;&amp; <http://example.com|docs>';
    expect(draw({ type: 'section', text: { type: 'mrkdwn', text } })).toEqual([
      '@alice in #deploys, @sre, @channel: a < b && docs',
    ]);
  });

  it('plain text is left as it is', () => {
    expect(
      draw({ type: 'header', text: plain('web &lt;1') }, { type: 'context', elements: [plain('<@U1>')] }),
    ).toEqual(['== web &lt;1 ==', '<@U1>']);
  });

  it('buttons bear their numbers, and what can’t be pressed is left out', () => {
    const elements = ['scale', 'other'].map((id) => ({ type: 'button', action_id: id, text: plain(id) }));
    expect(draw({ type: 'actions', block_id: 'b', elements })).toEqual(['[3] scale']);
  });

  it('nothing from a message reaches the terminal but text', () => {
    const evil = '\u001B[2Jgone';
    const blocks = [
      { type: 'header', text: plain(evil) },
      { type: 'section', text: { type: 'mrkdwn', text: evil } },
      { type: 'table', rows: [[{ type: 'raw_text', text: evil }]] },
      { type: 'actions', elements: [{ type: 'button', action_id: 'scale', text: plain(evil) }] },
      rich({ type: 'text', text: evil }),
    ];
    expect(draw(...blocks)).toEqual(['== gone ==', 'gone', 'gone', '[3] gone', 'gone']);
  });
});
