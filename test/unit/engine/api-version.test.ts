import { expect, it } from 'vitest';
import { commonApiVersion } from '../../../src/engine/api-version.ts';

it.each([
  ['1.41', '1.41'],
  ['1.44', '1.44'],
  ['1.51', '1.51'],
  ['1.55', '1.51'],
  ['1.100', '1.51'],
  ['2.0', '1.51'],
  ['1.40', undefined],
  ['1.9', undefined],
  ['', undefined],
  ['one', undefined],
])('speaks with an engine of API %s: %s', (theirs, spoken) => {
  expect(commonApiVersion(theirs)).toBe(spoken);
});
