import type { Fact } from './answer.ts';

/** @returns undefined for what the engine didn't say. */
export function factOf(label: string, value: string | number | null | undefined): Fact | undefined {
  return value === null || value === undefined || value === ''
    ? undefined
    : { label, value: [String(value)] };
}

export function presentFacts(facts: readonly (Fact | undefined)[]): readonly Fact[] {
  return facts.filter((fact) => fact !== undefined);
}
