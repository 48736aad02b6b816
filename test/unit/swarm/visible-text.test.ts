import { describe, expect, it } from 'vitest';
import { visibleLine, visibleText } from '../../../src/swarm/visible-text.ts';
import { processorTime } from '../processor-time.ts';

describe('visible text', () => {
  it.each([
    ['colours', '\u001b[1;31mfailed\u001b[0m', 'failed'],
    ['a window title', '\u001b]0;evil\u0007web', 'web'],
    ['control characters', 'a\u0000b\u0008c\u009bd\u007f', 'abcd'],
    ['bidi overrides', 'a\u202egpj.exe\u202c\u2066b\u2069', 'agpj.exeb'],
    ['a byte order mark', '\ufeffweb', 'web'],
    ['line ends', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['half a character', 'a\ud83db', 'a\ufffdb'],
  ])('takes out %s', (_, text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it('keeps lines, tabs, and every script', () => {
    for (const text of ['a\n\tb', 'قاعدة', 'שירות', '数据库', '👩‍👩‍👧‍👦', 'e\u0301']) {
      expect(visibleText(text)).toBe(text);
    }
  });

  it('is one line where one is wanted', () => {
    expect(visibleLine('  task:\n\tnon-zero  exit (1)\n')).toBe('task: non-zero exit (1)');
  });

  it('takes no longer than a moment for 200,000 characters of anything', () => {
    const took = processorTime(() => {
      for (const bad of ['\u001b[', '\u001b];a', '\u001b]', '\u001b[1;', '\u202e', ' \n']) {
        visibleLine(bad.repeat(Math.floor(200_000 / bad.length)));
      }
    });
    expect(took).toBeLessThan(2_000);
  });
});
