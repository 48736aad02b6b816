import type { PortConfig } from './service.ts';

interface PortRange {
  readonly protocol: string;
  readonly published: readonly [first: number, last: number];
  readonly target: readonly [first: number, last: number];
}

/**
 * PORTS of a service as the docker CLI shows it: what is published through the routing mesh, neighbours drawn
 * together: `*:8080-8081->80-81/tcp, *:53->53/udp`.
 * Source: docker/cli cli/command/service/formatter.go, Ports.
 * @param ports of `Endpoint`, which holds the ports that the Swarm chose itself as well.
 */
export function portsColumn(ports: readonly PortConfig[]): string {
  const ingress = ports
    .filter(({ PublishMode }) => (PublishMode ?? 'ingress') === 'ingress')
    .map(singlePort)
    .toSorted(
      (left, right) => textOrder(left.protocol, right.protocol) || left.published[0] - right.published[0],
    );
  const ranges: PortRange[] = [];
  for (const port of ingress) {
    const before = ranges.at(-1);
    const joined = before === undefined ? undefined : join(before, port);
    if (joined === undefined) ranges.push(port);
    else ranges.splice(-1, 1, joined);
  }
  return ranges
    .filter(({ published }) => published[0] > 0)
    .map(shown)
    .join(', ');
}

/** PORTS of a task: what it publishes on its own node, each port for itself: `*:8080->80/tcp,*:8081->81/tcp`. */
export function taskPortsColumn(ports: readonly PortConfig[]): string {
  return ports.map((port) => shown(singlePort(port))).join(',');
}

function singlePort({ Protocol, PublishedPort, TargetPort }: PortConfig): PortRange {
  const published = PublishedPort ?? 0;
  const target = TargetPort ?? 0;
  return { protocol: Protocol ?? 'tcp', published: [published, published], target: [target, target] };
}

/** @returns undefined when the two don't stand side by side. */
function join(range: PortRange, port: PortRange): PortRange | undefined {
  const [published, target] = [port.published[0], port.target[0]];
  const isRange = range.target[1] !== range.target[0];
  if (
    port.protocol !== range.protocol ||
    !follows(range.published[1], published) ||
    !follows(range.target[1], target) ||
    (isRange && target <= range.target[1])
  ) {
    return undefined;
  }
  return {
    protocol: range.protocol,
    published: [range.published[0], published],
    target: [range.target[0], target],
  };
}

/** Several published ports may lead to one target, so the same port follows as the next one does. */
function follows(last: number, next: number): boolean {
  return next === last || next === last + 1;
}

function shown({ protocol, published, target }: PortRange): string {
  return `*:${span(published)}->${span(target)}/${protocol}`;
}

function span([first, last]: readonly [number, number]): string {
  return last > first ? `${first}-${last}` : String(first);
}

function textOrder(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
