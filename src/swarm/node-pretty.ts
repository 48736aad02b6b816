import { capitalized } from './capitalized.ts';
import { humanSize } from './human-size.ts';
import type { Node } from './node.ts';
import { field, type Lines, page, pairs, section } from './pretty-lines.ts';

/**
 * A node as `docker node inspect --pretty` tells it.
 * Source: docker/cli cli/command/node/formatter.go.
 */
export function nodePretty(node: Node): string {
  const { Spec, Status, Description, ManagerStatus } = node;
  const resources = Description.Resources;
  return page([
    field('ID', node.ID),
    field('Name', Spec.Name),
    ...section('Labels', pairs(Spec.Labels, labelLine)),
    field('Hostname', Description.Hostname),
    field('Joined at', node.CreatedAt),
    'Status:',
    field('State', capitalized(Status.State), 1),
    field('Message', Status.Message, 1),
    field('Availability', capitalized(Spec.Availability), 1),
    field('Address', Status.Addr, 1),
    ...section('Manager Status', [
      field('Address', ManagerStatus?.Addr, 1),
      field('Raft Status', ManagerStatus && capitalized(ManagerStatus.Reachability ?? ''), 1),
      field('Leader', ManagerStatus && (ManagerStatus.Leader === true ? 'Yes' : 'No'), 1),
    ]),
    'Platform:',
    field('Operating System', Description.Platform?.OS, 1),
    field('Architecture', Description.Platform?.Architecture, 1),
    'Resources:',
    field('CPUs', Math.trunc((resources?.NanoCPUs ?? 0) / 1e9), 1),
    field('Memory', humanSize(resources?.MemoryBytes ?? 0), 1),
    ...section('Plugins', plugins(node)),
    field('Engine Version', Description.Engine?.EngineVersion),
    ...section('Engine Labels', pairs(Description.Engine?.Labels, labelLine)),
    ...section('TLS Info', [
      Description.TLSInfo?.TrustRoot ? ` TrustRoot:\n${Description.TLSInfo.TrustRoot}` : undefined,
      field('Issuer Subject', textOf(Description.TLSInfo?.['CertIssuerSubject']), 1),
      field('Issuer Public Key', textOf(Description.TLSInfo?.['CertIssuerPublicKey']), 1),
    ]),
  ]);
}

function labelLine(key: string, value: string): string {
  return ` - ${key}${value === '' ? '' : `=${value}`}`;
}

function plugins({ Description }: Node): Lines {
  const byType = Map.groupBy(Description.Engine?.Plugins ?? [], ({ Type }) => Type ?? '');
  return [...byType.keys()].toSorted().map((type) =>
    field(
      type,
      byType
        .get(type)
        ?.map(({ Name }) => Name ?? '')
        .join(', '),
      1,
    ),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
