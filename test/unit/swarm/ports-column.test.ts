import { describe, expect, it } from 'vitest';
import { portsColumn, taskPortsColumn } from '../../../src/swarm/ports-column.ts';
import type { PortConfig } from '../../../src/swarm/service.ts';

/** `8080:80/tcp` as the engine tells it. */
function published(...ports: readonly string[]): readonly PortConfig[] {
  return ports.map((port) => {
    const [, from, to, protocol] = /^(\d+):(\d+)\/(\w+)$/.exec(port) ?? [];
    return {
      PublishedPort: Number(from),
      TargetPort: Number(to),
      Protocol: protocol,
      PublishMode: 'ingress',
    };
  });
}

describe('portsColumn', () => {
  it.for<readonly [name: string, ports: readonly PortConfig[], column: string]>([
    ['nothing', [], ''],
    ['one port', published('8080:80/tcp'), '*:8080->80/tcp'],
    ['neighbours as a range', published('81:81/tcp', '80:80/tcp'), '*:80-81->80-81/tcp'],
    ['several ports to one', published('80:80/tcp', '81:80/tcp'), '*:80-81->80/tcp'],
    ['a gap', published('80:80/tcp', '82:82/tcp'), '*:80->80/tcp, *:82->82/tcp'],
    [
      'a target that goes back',
      published('80:80/tcp', '81:81/tcp', '82:80/tcp'),
      '*:80-81->80-81/tcp, *:82->80/tcp',
    ],
    [
      'a target that stays behind a range',
      published('80:80/tcp', '81:81/tcp', '82:81/tcp'),
      '*:80-81->80-81/tcp, *:82->81/tcp',
    ],
    ['protocols apart', published('53:53/udp', '54:54/tcp'), '*:54->54/tcp, *:53->53/udp'],
    ['a port yet to be chosen not at all', published('0:80/tcp'), ''],
  ])('shows %s', ([, ports, column]) => {
    expect(portsColumn(ports)).toBe(column);
  });

  it('leaves out what is published on single nodes', () => {
    const host = { PublishedPort: 9090, TargetPort: 90, Protocol: 'tcp', PublishMode: 'host' };
    expect(portsColumn([host, ...published('8080:80/tcp')])).toBe('*:8080->80/tcp');
  });
});

describe('taskPortsColumn', () => {
  it('shows each port for itself, in the order that the engine gives', () => {
    expect(taskPortsColumn(published('81:81/tcp', '80:80/tcp'))).toBe('*:81->81/tcp,*:80->80/tcp');
  });
});
