import { z } from 'zod';
import type { Filters } from '../engine/engine.ts';

/** What a list can be filtered by; where a key takes only certain values, those. */
export type FilterKeys = Readonly<Record<string, readonly string[] | 'anything'>>;

/** `--filter` as the docker CLI reads it: `KEY=VALUE`, repeated; the same key twice means either. */
export function filterFlag(command: string, keys: FilterKeys) {
  return z
    .array(z.string())
    .readonly()
    .transform((given, context): Filters => {
      const filters = new Map<string, readonly string[]>();
      for (const filter of given) {
        const read = readFilter(command, keys, filter);
        if ('problem' in read) context.addIssue({ code: 'custom', message: read.problem });
        else filters.set(read.key, [...(filters.get(read.key) ?? []), read.value]);
      }
      return Object.fromEntries(filters);
    });
}

/** Filters as they were typed: `label=tier=front, name=web`. */
export function filtersAsText(filters: Filters): string {
  return filtersAsWords(filters).join(', ');
}

export function filtersAsWords(filters: Filters): readonly string[] {
  return Object.entries(filters).flatMap(([key, values]) => values.map((value) => `${key}=${value}`));
}

function readFilter(
  command: string,
  keys: FilterKeys,
  filter: string,
): { readonly key: string; readonly value: string } | { readonly problem: string } {
  const equals = filter.indexOf('=');
  if (equals < 0) {
    return {
      problem: `A filter is KEY=VALUE; "${filter}" has no equals sign. ${command} can be filtered by ${listed(keys)}.`,
    };
  }
  const key = filter.slice(0, equals).trim().toLowerCase();
  const value = filter.slice(equals + 1).trim();
  const allowed = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (allowed === undefined) {
    return { problem: `${command} can't be filtered by "${key}", only by ${listed(keys)}.` };
  }
  if (value === '') return { problem: `The filter ${key} needs a value after the equals sign.` };
  if (allowed === 'anything') return { key, value };
  const known = allowed.find((word) => word === value.toLowerCase());
  return known === undefined
    ? { problem: `The filter ${key} takes ${oneOf(allowed)}, not "${value}".` }
    : { key, value: known };
}

function listed(keys: FilterKeys): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(Object.keys(keys));
}

function oneOf(values: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(values);
}
