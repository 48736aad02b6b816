/**
 * What a request touches. In patterns it is written `CLUSTER/SERVICE`, `CLUSTER/node:NAME`, or, for what touches the
 * cluster as a whole, `CLUSTER`. `labels` are the service's own labels (`Spec.Labels`), or null where they aren't known:
 * then no grant by label covers the service, and every deny by label does.
 */
export type Target =
  | { readonly kind: 'cluster'; readonly cluster: string }
  | {
      readonly kind: 'service';
      readonly cluster: string;
      readonly name: string;
      readonly labels: Readonly<Record<string, string>> | null;
    }
  | { readonly kind: 'node'; readonly cluster: string; readonly name: string };

/** The target as patterns, audit entries and people write it: `prod/web`, `prod/node:node1`, `prod`. */
export function targetName(target: Target): string {
  switch (target.kind) {
    case 'cluster':
      return target.cluster;
    case 'service':
      return `${target.cluster}/${target.name}`;
    case 'node':
      return `${target.cluster}/node:${target.name}`;
  }
}
