import type { NodeSpec } from './node.ts';
import { maskText } from './mask-text.ts';
import { maskValueOf } from './secret-value.ts';

export const availabilities = ['active', 'pause', 'drain'] as const;
type Availability = (typeof availabilities)[number];

/** What is asked for of a node. */
export interface NodeChange {
  readonly availability: Availability | undefined;
  readonly labelsToAdd: ReadonlyMap<string, string>;
  /** Taken away after the others were added, as the CLI does. */
  readonly labelsToRemove: readonly string[];
}

/** One label that differs; values that may be secret are masked. Undefined where the label isn't there. */
export interface LabelDifference {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The spec with what is asked for, and nothing else changed. Source: docker/cli v28 cli/command/node/update.go. */
export function withNodeChange(spec: NodeSpec, change: NodeChange): NodeSpec {
  const labels = new Map([...Object.entries(spec.Labels ?? {}), ...change.labelsToAdd]);
  for (const key of change.labelsToRemove) labels.delete(key);
  return {
    ...spec,
    ...(change.availability === undefined ? {} : { Availability: change.availability }),
    Labels: Object.fromEntries(labels),
  };
}

/** Does the spec hold what is asked for? */
export function holdsNodeChange(spec: NodeSpec, change: NodeChange): boolean {
  return nodeSpecWords(spec, change) === nodeSpecWords(withNodeChange(spec, change), change);
}

/** What a spec holds of what is asked for, exactly: for comparing, not for showing. */
export function nodeSpecWords({ Availability, Labels }: NodeSpec, change: NodeChange): string {
  const keys = [...change.labelsToAdd.keys(), ...change.labelsToRemove];
  const labels = keys.map((key) => (Object.hasOwn(Labels ?? {}, key) ? Labels?.[key] : null));
  return JSON.stringify([change.availability === undefined ? null : Availability, labels]);
}

/** Labels that a change would take away, and that aren't there. */
export function missingLabels({ Labels }: NodeSpec, change: NodeChange): readonly string[] {
  return change.labelsToRemove.filter(
    (key) => !Object.hasOwn(Labels ?? {}, key) && !change.labelsToAdd.has(key),
  );
}

export function labelDifferences(before: NodeSpec, after: NodeSpec): readonly LabelDifference[] {
  const [from, to] = [
    new Map(Object.entries(before.Labels ?? {})),
    new Map(Object.entries(after.Labels ?? {})),
  ];
  return [...new Map([...from, ...to]).keys()]
    .filter((key) => from.get(key) !== to.get(key))
    .toSorted()
    .map((key) => ({ key, before: masked(key, from.get(key)), after: masked(key, to.get(key)) }));
}

function masked(key: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : maskText(maskValueOf(key, value));
}
