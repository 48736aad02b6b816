import { isDeepStrictEqual } from 'node:util';
import { EngineFailure } from '../engine/engine.ts';
import { backoff } from '../swarm/backoff.ts';
import { Failure } from '../swarm/failure.ts';
import type { Pace } from './pace.ts';

/** What the Swarm keeps under a version: a service or a node. */
interface Versioned {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: object;
}

/** How one kind of thing is read and written. */
export interface SpecAccess<Thing extends Versioned> {
  readonly read: () => Promise<Thing>;
  /** @returns the daemon's warnings. */
  readonly send: (update: SpecUpdate<Thing>) => Promise<readonly string[]>;
  /** The spec that the one of now took the place of, where the Swarm keeps that. */
  readonly previous: (thing: Thing) => Thing['Spec'] | null | undefined;
}

interface SpecUpdate<Thing extends Versioned> {
  readonly id: string;
  readonly version: number;
  readonly spec: Thing['Spec'];
}

/** One change to the spec of one thing. */
export interface SpecWrite<Thing extends Versioned> {
  readonly name: string;
  /** Does a spec hold what is asked for? */
  readonly stands: (spec: Thing['Spec']) => boolean;
  /** What a spec holds of what would be changed: `3 replicas`. */
  readonly describe: (spec: Thing['Spec']) => string;
  /** @returns the spec as it was read, with what was asked for changed. @throws Failure when it can't be. */
  readonly change: (spec: Thing['Spec']) => Thing['Spec'];
  /** Called with what was read, before every try. @throws Failure when the change may not or can't be made any more. */
  readonly check: (thing: Thing) => void;
  /** Send it also where a spec holds all that is asked for: it brings what no spec shows. */
  readonly always?: boolean;
}

export type WrittenSpec<Thing> =
  /** What was asked for was there already: nothing was sent. */
  | { readonly kind: 'unchanged'; readonly now: Thing }
  | { readonly kind: 'written'; readonly before: Thing; readonly warnings: readonly string[] };

/** Between tries. Milliseconds. */
const pauses = { first: 25, most: 2_000 };
const mostTries = 20;
/** Milliseconds after which nothing is sent any more: a manager that was cut off takes its time to find the others again. */
const mostTime = 120_000;
/** How often an engine may answer a write with an error of its own that doesn't say whether it was made. */
const mostRefusals = 3;

/** A write that nobody knows of whether it was made. */
interface Unanswered<Thing> {
  readonly before: Thing;
  readonly failure: EngineFailure;
}

/**
 * Changes a spec, and nothing else of it. Somebody else's change in between makes it read, check and try again, a bounded
 * number of times: Swarm bumps versions by itself, too. A write that no answer came to is looked for before anything else
 * is sent; a second try bears the version of the first, so that the Swarm takes one of them.
 * Source: swarmkit manager/controlapi/service.go, UpdateService, and node.go, UpdateNode; moby answers a conflict with 500.
 * @throws Failure of kind `conflict` when it keeps changing; EngineFailure, `uncertain` when it may have been made.
 */
export async function writeSpec<Thing extends Versioned>(
  write: SpecWrite<Thing>,
  access: SpecAccess<Thing>,
  { signal, now, pause, random }: Pace & { readonly signal: AbortSignal },
): Promise<WrittenSpec<Thing>> {
  const start = now();
  let unanswered: Unanswered<Thing> | undefined;
  let refusals = 0;
  let tries = 0;
  for (let rounds = 0; ; rounds += 1) {
    if (rounds > 0) await pause(backoff(rounds, pauses, random), signal);
    const spent = tries >= mostTries || now() - start >= mostTime;
    const thing = await readThing(access, signal, unanswered !== undefined);
    if (thing === undefined) {
      if (unanswered && spent) throw unanswered.failure;
      continue;
    }
    if (unanswered) {
      const fate = fateOf(unanswered.before, thing, write, access);
      if (fate === 'made') return { kind: 'written', before: unanswered.before, warnings: [] };
      if (fate === 'void') unanswered = undefined;
      else if (refusals >= mostRefusals) throw refused(unanswered.failure);
      else if (spent) throw unanswered.failure;
    }
    if (spent) throw contended(write.name, tries);
    checkAgain(write, thing, unanswered);
    if (!unanswered && !write.always && write.stands(thing.Spec)) return { kind: 'unchanged', now: thing };
    tries += 1;
    try {
      const spec = write.change(thing.Spec);
      const warnings = await access.send({ id: thing.ID, version: thing.Version.Index, spec });
      return { kind: 'written', before: thing, warnings };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof EngineFailure)) throw error;
      if (error.uncertain) unanswered = { before: thing, failure: error };
      else if (error.reason !== 'out-of-sequence') throw error;
      if (error.uncertain && error.reason === 'rejected') refusals += 1;
    }
  }
}

/** @throws what `check` throws; that nobody knows, when a write that isn't to be sent again may yet be made. */
function checkAgain<Thing extends Versioned>(
  { check }: SpecWrite<Thing>,
  thing: Thing,
  unanswered: Unanswered<Thing> | undefined,
): void {
  try {
    check(thing);
  } catch (error) {
    throw unanswered?.failure ?? error;
  }
}

/**
 * @param needed it is to say what became of a write
 * @returns undefined when it could not be read now, and is needed.
 */
async function readThing<Thing extends Versioned>(
  { read }: SpecAccess<Thing>,
  signal: AbortSignal,
  needed: boolean,
): Promise<Thing | undefined> {
  try {
    return await read();
  } catch (error) {
    signal.throwIfAborted();
    if (needed && error instanceof EngineFailure && error.kind === 'unavailable') return undefined;
    throw error;
  }
}

/**
 * `made`: also when it was undone since, for a second write would undo what somebody did after it. `void`: the version that
 * it was sent with is gone, so it can't be made any more. `open`: it may yet be.
 */
function fateOf<Thing extends Versioned>(
  before: Thing,
  thing: Thing,
  { stands, describe }: SpecWrite<Thing>,
  { previous }: SpecAccess<Thing>,
): 'made' | 'void' | 'open' {
  if (thing.Version.Index === before.Version.Index) return 'open';
  // What stood before shows nothing of the write, and another one changes nothing of it.
  if (stands(before.Spec)) return 'void';
  if (stands(thing.Spec) || describe(thing.Spec) !== describe(before.Spec)) return 'made';
  const replaced = previous(thing);
  return replaced && stands(replaced) && !isDeepStrictEqual(replaced, previous(before)) ? 'made' : 'void';
}

/** The engine answered with an error, and reading showed that nothing came of it. */
function refused({ kind, reason, message }: EngineFailure): EngineFailure {
  return new EngineFailure(kind, reason, message);
}

function contended(name: string, tries: number): Failure {
  return new Failure(
    'conflict',
    `${name} kept being changed by others: none of ${tries} tries went through, and nothing was changed.`,
  );
}
