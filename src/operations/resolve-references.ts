import { EngineFailure } from '../engine/engine.ts';
import type { Answer } from './answer.ts';

/** What references led to: each thing once, and the refusals of those that led to none. */
export interface Resolved<Thing> {
  readonly found: readonly [Thing, ...Thing[]];
  readonly missing: readonly EngineFailure[];
}

/**
 * Looks up what was named, as far as it can be found: the docker CLI shows the rest as well.
 * @throws EngineFailure when nothing at all was found, or a look-up failed for another reason than the reference.
 */
export async function resolveReferences<Thing extends { readonly ID: string }>(
  references: readonly string[],
  look: (reference: string) => Promise<Thing>,
): Promise<Resolved<Thing>> {
  const looked = await Promise.all([...new Set(references)].map((reference) => attempt(reference, look)));
  const missing = looked.flatMap((each) => ('refusal' in each ? [each.refusal] : []));
  const things = looked.flatMap((each) => ('thing' in each ? [each.thing] : []));
  const [first, ...others] = new Map(things.map((thing) => [thing.ID, thing])).values();
  if (first !== undefined) return { found: [first, ...others], missing };
  throw missing[0] ?? new Error('resolveReferences was given no references');
}

/** Says what was named and isn't there, below an answer about the rest. */
export function missingNotes(missing: readonly EngineFailure[]): Answer {
  return missing.map(({ message }) => ({ kind: 'note', text: [message] }));
}

async function attempt<Thing>(
  reference: string,
  look: (reference: string) => Promise<Thing>,
): Promise<{ readonly thing: Thing } | { readonly refusal: EngineFailure }> {
  try {
    return { thing: await look(reference) };
  } catch (error) {
    if (error instanceof EngineFailure && isAboutReference(error)) return { refusal: error };
    throw error;
  }
}

function isAboutReference({ reason }: EngineFailure): boolean {
  return reason === 'not-found' || reason === 'ambiguous';
}
