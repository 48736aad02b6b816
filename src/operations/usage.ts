import type { Flag } from './command-line.ts';
import type { Operation } from './operation.ts';

/** `service scale [OPTIONS] SERVICE=REPLICAS [SERVICE=REPLICAS...]` */
export function usageLine(operation: Operation): string {
  const options = Object.keys(operation.flags).length > 0 ? ['[OPTIONS]'] : [];
  return [...operation.words, ...options, operation.arguments].filter((word) => word !== '').join(' ');
}

/** `-f, --filter filter` */
export function flagUsage(name: string, flag: Flag): string {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  const value = flag.type === 'boolean' ? '' : ` ${flag.value}`;
  return `${short}--${name}${value}`;
}
