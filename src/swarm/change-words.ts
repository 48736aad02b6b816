import { goDuration } from './go-duration.ts';
import { humanSize } from './human-size.ts';
import { maskServiceSpec } from './masking.ts';
import { mask } from './secret-value.ts';
import type { ServiceSpec } from './service.ts';
import { shortImage } from './short-image.ts';
import { type SpecChange, specChanges, specSettings } from './spec-settings.ts';

/** A change of one setting as people read it, with nothing secret in it: `image`, `shop/web:1`, `shop/web:2`. */
export interface ChangeWords {
  /** The docker CLI's word where it has one. */
  readonly setting: string;
  /** `none` where it isn't set. */
  readonly before: string;
  readonly after: string;
}

/** Says how two specs differ, in what people decide about: what Swarm fills in by itself is left out. */
export function changesInWords(before: ServiceSpec, after: ServiceSpec): readonly ChangeWords[] {
  const [from, to] = [specSettings(maskServiceSpec(before)), specSettings(maskServiceSpec(after))];
  return specChanges(before, after)
    .filter((change) => !isFilledIn(change))
    .map((change) => inWords(change, from.get(change.path), to.get(change.path)));
}

/** `image shop/web:2`, for what the changes are about; all of it when it is a list of what a spec holds. */
export function settingsInWords(spec: ServiceSpec, changes: readonly SpecChange[]): string {
  const masked = specSettings(maskServiceSpec(spec));
  const all = specSettings(spec);
  const shown = changes.filter((change) => !isFilledIn(change)).slice(0, 3);
  return shown
    .map(({ path }) => `${settingName(path)} ${valueWords(path, all.get(path), masked.get(path))}`)
    .join(', ');
}

/** `image shop/web:1 → shop/web:2` */
function arrowWords({ setting, before, after }: ChangeWords): string {
  return `${setting} ${before} → ${after}`;
}

/** `image shop/web:1 → shop/web:2, env LOG_LEVEL •••• → ••••`, at most so many of them. */
export function changesInBrief(words: readonly ChangeWords[], most = 6): string {
  if (words.length === 0) return 'nothing to change';
  const more = words.length > most ? `, and ${words.length - most} more` : '';
  return `${words.slice(0, most).map(arrowWords).join(', ')}${more}`;
}

function inWords(
  { path, before, after }: SpecChange,
  maskedBefore: unknown,
  maskedAfter: unknown,
): ChangeWords {
  const words = {
    setting: settingName(path),
    before: valueWords(path, before, maskedBefore),
    after: valueWords(path, after, maskedAfter),
  };
  if (words.before !== words.after) return words;
  if (path === image) return { ...words, before: withDigest(before), after: withDigest(after) };
  return { ...words, after: `${words.after} (changed)` };
}

const image = 'TaskTemplate.ContainerSpec.Image';

/** What Swarm takes where nothing is set, and the CLI writes out. Platforms follow from the image. */
const filledIn: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['UpdateConfig', 'RollbackConfig'].flatMap((config): [string, unknown][] => [
    [`${config}.Parallelism`, 1],
    [`${config}.FailureAction`, 'pause'],
    [`${config}.Monitor`, 5e9],
    [`${config}.Order`, 'stop-first'],
  ]),
  ['TaskTemplate.RestartPolicy.Condition', 'any'],
  ['TaskTemplate.RestartPolicy.Delay', 5e9],
]);

function isFilledIn({ path, before, after }: SpecChange): boolean {
  if (path === 'TaskTemplate.Placement.Platforms') return true;
  const usual = filledIn.get(path);
  const [from, to] = [before ?? usual, after ?? usual];
  return usual !== undefined && from === to;
}

const names: ReadonlyMap<string, string> = new Map([
  [image, 'image'],
  ['TaskTemplate.ForceUpdate', 'forced restarts'],
  ['Mode.Replicated.Replicas', 'replicas'],
  ['Mode.ReplicatedJob.TotalCompletions', 'completions'],
  ['TaskTemplate.Resources.Limits.NanoCPUs', 'limit-cpu'],
  ['TaskTemplate.Resources.Limits.MemoryBytes', 'limit-memory'],
  ['TaskTemplate.Resources.Limits.Pids', 'limit-pids'],
  ['TaskTemplate.Resources.Reservations.NanoCPUs', 'reserve-cpu'],
  ['TaskTemplate.Resources.Reservations.MemoryBytes', 'reserve-memory'],
]);

const groups: readonly (readonly [prefix: string, name: string])[] = [
  ['TaskTemplate.ContainerSpec.Env ', 'env '],
  ['TaskTemplate.ContainerSpec.Labels ', 'container label '],
  ['TaskTemplate.Placement.Constraints ', 'constraint '],
  ['Labels ', 'label '],
  ['TaskTemplate.RestartPolicy.', 'restart-'],
  ['UpdateConfig.', 'update-'],
  ['RollbackConfig.', 'rollback-'],
];

function settingName(path: string): string {
  const name = names.get(path);
  if (name !== undefined) return name;
  const group = groups.find(([prefix]) => path.startsWith(prefix));
  if (group === undefined) return path.replace(/^TaskTemplate\.(?:ContainerSpec\.)?/, '');
  const [prefix, word] = group;
  const rest = path.slice(prefix.length);
  if (word === 'constraint ') return 'constraint';
  return `${word}${word.endsWith('-') ? rest.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase() : rest}`;
}

function valueWords(path: string, value: unknown, masked: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (masked === undefined) return mask;
  if (typeof masked === 'number') return numberWords(path, masked);
  if (typeof masked !== 'string') return clipped(JSON.stringify(masked));
  if (path === image) return shortImage(masked);
  const keyed = /^(?:TaskTemplate\.ContainerSpec\.(?:Env|Labels)|Labels) (?<key>[^]*)$/.exec(path)?.groups;
  return clipped(keyed === undefined ? masked : masked.slice((keyed['key'] ?? '').length + 1) || '""');
}

function numberWords(path: string, value: number): string {
  if (path.endsWith('.NanoCPUs')) return String(value / 1e9);
  if (path.endsWith('.MemoryBytes')) return humanSize(value);
  return /\.(?:Delay|Monitor|Window|StopGracePeriod|Interval|Timeout|StartPeriod)$/.test(path)
    ? goDuration(value)
    : String(value);
}

function withDigest(reference: unknown): string {
  const text = typeof reference === 'string' ? reference : '';
  const digest = /@sha256:([0-9a-f]{12})/.exec(text)?.[1];
  return `${shortImage(text)}${digest === undefined ? ' (no digest)' : `@${digest}`}`;
}

function clipped(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99).toWellFormed()}…` : text;
}
