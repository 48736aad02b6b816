import { describe, expect, it } from 'vitest';
import { scaleArguments } from '../../../src/operations/scale-arguments.ts';

function problems(...words: readonly string[]): readonly string[] {
  return scaleArguments.safeParse(words).error?.issues.map(({ message }) => message) ?? [];
}

describe('scaleArguments', () => {
  it('reads services and numbers', () => {
    expect(scaleArguments.parse(['web=3', 'shop_api-2=0', 'x=010', 'y=10000'])).toEqual([
      { reference: 'web', replicas: 3 },
      { reference: 'shop_api-2', replicas: 0 },
      { reference: 'x', replicas: 10 },
      { reference: 'y', replicas: 10_000 },
    ]);
  });

  it.for([
    ['web', '"web" says no number of replicas: write SERVICE=REPLICAS, as in web=3.'],
    ['web=', '"web=" has no number after the =, as in web=3.'],
    ['=3', '"=3" names no service: write SERVICE=REPLICAS, as in web=3.'],
    [
      'web=10001',
      '"10001" replicas of web are more than Shipmate asks a Swarm for: 10000 at most, as in web=3.',
    ],
    [`web=${'9'.repeat(10_000)}`, 'are more than Shipmate asks a Swarm for'],
    ['<!channel>=3', '"<!channel>" can’t be a service'],
    ['🚢=3', '"🚢" can’t be a service'],
    ['we b=3', '"we b" can’t be a service'],
    ['../../info=3', '"../../info" can’t be a service'],
  ] as const)('refuses %s', ([word, sentence]) => {
    expect(problems(word)).toEqual([expect.stringContaining(sentence)]);
  });

  it.for([
    '-1',
    '+1',
    '1e9',
    '1.5',
    '1,000',
    '1_000',
    '0x3',
    '٣',
    '３',
    ' 3',
    '3 ',
    '3=4',
    'three',
    'NaN',
    '∞',
  ])('takes %s for no number', (digits) => {
    expect(problems(`web=${digits}`)).toEqual([
      `"${digits}" is no number of replicas for web: write a whole number from 0 to 10000, as in web=3.`,
    ]);
  });

  it('tells all mistakes at once, and does not repeat ten thousand characters', () => {
    const told = problems('web', `api=${'x'.repeat(10_000)}`, 'web=1', 'db=1', 'db=2');
    expect(told).toHaveLength(3);
    expect(told.join('').length).toBeLessThan(400);
    expect(told.at(-1)).toBe('db is named 2 times; name each service once.');
  });

  it('takes one service at least, and twenty at most', () => {
    expect(problems()).toEqual(['service scale needs a service and a number, as in web=3.']);
    expect(problems(...Array.from({ length: 21 }, (_, at) => `web${at}=1`))).toEqual([
      'service scale takes 20 services at most at a time, not 21.',
    ]);
  });
});
