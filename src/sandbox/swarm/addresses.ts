import type { Network } from './objects.ts';

/** Who has which address of each network. */
export interface Addresses {
  /** @returns `10.0.0.5/24`, or undefined when the network's range is used up. */
  take(network: Network): string | undefined;
  free(networkId: string, address: string): void;
}

export function createAddresses(): Addresses {
  const taken = new Map<string, Set<number>>();
  const next = new Map<string, number>();
  return {
    take(network) {
      const { base, size, prefix } = rangeOf(network.Subnet);
      const used = taken.get(network.ID) ?? new Set();
      taken.set(network.ID, used);
      // The first is the network's own, the second its gateway, the last the broadcast's.
      const usable = size - 3;
      const start = next.get(network.ID) ?? 0;
      for (let step = 0; step < usable; step += 1) {
        const offset = 2 + ((start + step) % usable);
        if (used.has(offset)) continue;
        used.add(offset);
        next.set(network.ID, offset - 1);
        return `${dotted(base + offset)}/${prefix}`;
      }
      return undefined;
    },
    free(networkId, address) {
      const [host = '', prefix = '24'] = address.split('/');
      taken.get(networkId)?.delete(numberOf(host) % 2 ** (32 - Number(prefix)));
    },
  };
}

/** The gateway of `10.0.1.0/24` is `10.0.1.1`. */
export function gatewayOf(subnet: string): string {
  return dotted(rangeOf(subnet).base + 1);
}

function rangeOf(subnet: string) {
  const [host = '', bits = '24'] = subnet.split('/');
  const prefix = Number(bits);
  return { base: numberOf(host), size: 2 ** (32 - prefix), prefix };
}

function numberOf(host: string): number {
  return host.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
