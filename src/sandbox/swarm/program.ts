import type { ContainerSpec } from './service-spec.ts';

interface ProgramLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** What a container does, without doing it. Times are milliseconds after its start. */
export interface Program {
  /** As the image has it: entrypoint and arguments. */
  readonly command: readonly string[];
  /** Written once, at the start. */
  readonly opening: readonly ProgramLine[];
  /** Written again and again, the nth time with n, from 1 on. */
  readonly ticking?: { readonly every: number; readonly line: (n: number) => string };
  /** When it ends by itself, and how. */
  readonly end?: { readonly after: number; readonly code: number };
  /** When its health is known, if it has a health check. */
  readonly health?: { readonly after: number; readonly healthy: boolean };
  /** How long it takes to stop when it is told to, and its exit code then. */
  readonly stop: { readonly takes: number; readonly code: number };
}

/** What runs when a service overrides the image's command: the few words of a shell that make a job. */
export function programOf(image: Program, container: ContainerSpec | null | undefined): Program {
  const override = [...(container?.Command ?? []), ...(container?.Args ?? [])];
  const checked = withHealthcheck(image, container);
  if (override.length === 0) return checked;
  const script = scriptOf(override);
  const { health } = checked;
  return {
    command: override,
    stop: { takes: 50, code: 143 },
    ...(health && { health }),
    ...(script === undefined ? { opening: [] } : script),
  };
}

function withHealthcheck(image: Program, container: ContainerSpec | null | undefined): Program {
  const [kind, test] = container?.Healthcheck?.Test ?? [];
  if (kind === undefined) return image;
  const { health: _, ...rest } = image;
  if (kind === 'NONE') return rest;
  const interval = (container?.Healthcheck?.Interval || 30e9) / 1e6;
  const retries = container?.Healthcheck?.Retries || 3;
  const healthy = !/^(false|exit [1-9]\d*)$/.test((test ?? '').trim());
  return { ...rest, health: { after: healthy ? interval : interval * retries, healthy } };
}

/** `sh -c "echo hi; sleep 2; exit 1"`, or such a command by itself; undefined for what runs until it is stopped. */
function scriptOf(command: readonly string[]): Pick<Program, 'opening' | 'end'> | undefined {
  const [shell = '', flag, script] = command;
  const isShell = /^(\/bin\/)?(ba)?sh$/.test(shell) && flag === '-c';
  const steps = isShell ? (script ?? '').split(/;|&&|\n/) : [command.join(' ')];
  const opening: ProgramLine[] = [];
  let after = 100;
  for (const step of steps.map((text) => text.trim()).filter((text) => text !== '')) {
    const [word = '', first = ''] = step.split(/\s+/);
    switch (word) {
      case 'echo': {
        const stream = /\s*>&2$/.test(step) ? 'stderr' : 'stdout';
        opening.push({
          stream,
          text: step
            .replace(/\s*>&2$/, '')
            .slice(5)
            .replaceAll(/^(['"])(.*)\1$/g, '$2'),
        });
        break;
      }
      case 'sleep':
        if (!/^\d+(\.\d+)?$/.test(first)) return undefined;
        after += Number(first) * 1000;
        break;
      case 'exit':
        return { opening, end: { after, code: Number(first) || 0 } };
      case 'false':
        return { opening, end: { after, code: 1 } };
      case 'true':
      case ':':
        break;
      default:
        return undefined;
    }
  }
  return { opening, end: { after, code: 0 } };
}

export interface LogLine extends ProgramLine {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How far apart the lines of one burst are. */
const burst = 0.05;

/**
 * What a container has written after one moment and until another.
 * @param last how many of the newest lines; all when absent
 */
export function linesWritten(
  program: Program,
  { started, after, until, last = Infinity }: LineWindow,
): readonly LogLine[] {
  const opening = program.opening
    .map((line, index) => ({ ...line, at: started + 1 + index * burst }))
    .filter(({ at }) => at > after && at <= until);
  if (program.ticking === undefined) return opening.slice(-last);
  const { every, line } = program.ticking;
  const begin = started + 10;
  const newest = Math.floor((until - begin) / every) + 1;
  const oldest = Math.max(1, Math.floor((after - begin) / every) + 2, newest - last + 1);
  const ticks: LogLine[] = [];
  for (let n = oldest; n <= newest; n += 1) {
    ticks.push({ stream: 'stdout', text: line(n), at: begin + (n - 1) * every });
  }
  return last === Infinity ? [...opening, ...ticks] : [...opening, ...ticks].slice(-last || Infinity);
}

export interface LineWindow {
  readonly started: number;
  readonly after: number;
  readonly until: number;
  readonly last?: number;
}
