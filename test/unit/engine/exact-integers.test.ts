import { describe, expect, it } from 'vitest';
import { exactSpecJson, hasInexactIntegers } from '../../../src/engine/exact-integers.ts';
import { ServiceSpec } from '../../../src/swarm/service.ts';

const spec =
  '{"Name":"web","TaskTemplate":{"ContainerSpec":{"Ulimits":[{"Name":"a","Hard":9223372036854775807},' +
  '{"Name":"b","Hard":9223372036854770001}]},"Resources":{"Limits":{"MemoryBytes":9007199254740993}}},' +
  '"Mode":{"Replicated":{"Replicas":1}}}';
const service = `{"ID":"x","Version":{"Index":7},"Spec":${spec}}`;

describe('exactSpecJson', () => {
  it('keeps every digit of integers that JavaScript rounds', () => {
    expect(exactSpecJson(ServiceSpec.parse(JSON.parse(spec)), service)).toBe(spec);
  });

  it('keeps them where the list that they stand in was cut', () => {
    const text = spec.replace('{"Name":"a","Hard":9223372036854775807},', '');
    const changed = ServiceSpec.parse(JSON.parse(text));
    expect(exactSpecJson(changed, service)).toBe(text);
  });

  it('writes what was changed as it was changed', () => {
    const changed = { ...ServiceSpec.parse(JSON.parse(spec)), Mode: { Replicated: { Replicas: 3 } } };
    expect(exactSpecJson(changed, service)).toBe(spec.replace('"Replicas":1', '"Replicas":3'));
  });
});

describe('hasInexactIntegers', () => {
  it.each([
    [{ a: [{ b: 2 ** 53 }] }, true],
    [{ a: [{ b: 2 ** 53 - 1 }], c: 0.1, d: 'x', e: null }, false],
    [null, false],
  ])('says of %j: %s', (value, expected) => {
    expect(hasInexactIntegers(value)).toBe(expected);
  });
});
