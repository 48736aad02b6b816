import type { Flag } from './command-line.ts';
import type { Operation } from './operation.ts';
import type { ShortForm } from './short-form.ts';

/** What is said with a mistake in a command. */
export interface CommandHelp {
  /** `deploy [OPTIONS] SERVICE IMAGE` */
  readonly usage: string;
  /** A command that works: `deploy web shop/web:2`. */
  readonly example: string;
}

/** Of a short form that takes arguments of its own, the form's; else the operation's. */
export function commandHelp(operation: Operation, form: ShortForm): CommandHelp {
  if (!('words' in form)) return { usage: usageLine(operation), example: operation.example };
  return { usage: usageLine({ ...form, flags: operation.flags }), example: form.example };
}

/** `service scale [OPTIONS] SERVICE=REPLICAS [SERVICE=REPLICAS...]` */
export function usageLine(command: Pick<Operation, 'words' | 'flags' | 'arguments'>): string {
  const options = Object.keys(command.flags).length > 0 ? ['[OPTIONS]'] : [];
  return [...command.words, ...options, command.arguments].filter((word) => word !== '').join(' ');
}

/** `-f, --filter filter` */
export function flagUsage(name: string, flag: Flag): string {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  const value = flag.type === 'boolean' ? '' : ` ${flag.value}`;
  return `${short}--${name}${value}`;
}
