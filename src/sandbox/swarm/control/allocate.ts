import { createAddresses } from '../addresses.ts';
import type { Address, Network, Service, SwarmNode, Task, VirtualIP } from '../objects.ts';
import type { Port, ServiceSpec } from '../service-spec.ts';
import { isOver } from '../task-state.ts';
import type { World } from '../world.ts';

/** Gives services ports and addresses, and tasks theirs; a task that gets none stays `new` (swarmkit, manager/allocator). */
export interface Allocator {
  /** @returns false while there is no address for it. */
  allocate(task: Task): boolean;
  /** Gives a service what its spec asks for. @returns the service as it is then. */
  allocateService(service: Service): Service;
  releaseService(service: Service): void;
  releaseTask(task: Task): void;
  /** Each node takes an address of the ingress network. */
  nodeJoined(node: SwarmNode): void;
}

const firstChosenPort = 30_000;

export function createAllocator(world: World): Allocator {
  const addresses = createAddresses();
  let nextPort = firstChosenPort;

  function networksOf(spec: ServiceSpec): readonly Network[] {
    const named = (spec.TaskTemplate.Networks ?? spec.Networks ?? [])
      .map(({ Target }) => findNetwork(world, Target ?? ''))
      .filter((network) => network !== undefined);
    const isPublished = spec.EndpointSpec?.Ports?.some(
      (port) => (port.PublishMode ?? 'ingress') === 'ingress',
    );
    const ingress = [...world.networks.values()].find((network) => network.Ingress);
    return isPublished === true && ingress !== undefined ? [ingress, ...named] : named;
  }

  function ports(spec: ServiceSpec, before: readonly Port[]): readonly Port[] {
    return (spec.EndpointSpec?.Ports ?? []).map((port) => {
      if (port.PublishedPort || port.PublishMode === 'host') return port;
      const known = before.find(
        (one) => one.TargetPort === port.TargetPort && one.Protocol === port.Protocol,
      );
      if (known?.PublishedPort) return { ...port, PublishedPort: known.PublishedPort };
      const PublishedPort = nextPort;
      nextPort += 1;
      return { ...port, PublishedPort };
    });
  }

  function virtualIPs(spec: ServiceSpec, before: readonly VirtualIP[]): readonly VirtualIP[] {
    const isVip = (spec.EndpointSpec?.Mode ?? 'vip') === 'vip';
    const networks = isVip ? networksOf(spec) : [];
    for (const { NetworkID, Addr } of before) {
      if (!networks.some((network) => network.ID === NetworkID)) addresses.free(NetworkID, Addr);
    }
    return networks.flatMap((network) => {
      const Addr = before.find(({ NetworkID }) => NetworkID === network.ID)?.Addr ?? addresses.take(network);
      return Addr === undefined ? [] : [{ NetworkID: network.ID, Addr }];
    });
  }

  return {
    allocate(task) {
      const service = world.services.get(task.ServiceID);
      const taken: Address[] = [];
      for (const network of service === undefined ? [] : networksOf(service.Specification.spec)) {
        const Addr = addresses.take(network);
        if (Addr === undefined) {
          for (const { NetworkID, Addr: given } of taken) addresses.free(NetworkID, given);
          return false;
        }
        taken.push({ NetworkID: network.ID, Addr });
      }
      const Status = {
        Timestamp: world.clock.now(),
        State: 'pending',
        Message: 'pending task scheduling',
      } as const;
      world.tasks.update(task.ID, (old, meta) => ({ ...old, ...meta, Addresses: taken, Status }));
      return true;
    },
    allocateService(service) {
      const { spec } = service.Specification;
      const Ports = ports(spec, service.Ports);
      const VirtualIPs = virtualIPs(spec, service.VirtualIPs);
      const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
      if (isSame(Ports, service.Ports) && isSame(VirtualIPs, service.VirtualIPs)) return service;
      return (
        world.services.update(service.ID, (old, meta) => ({ ...old, ...meta, Ports, VirtualIPs })) ?? service
      );
    },
    releaseService(service) {
      for (const { NetworkID, Addr } of service.VirtualIPs) addresses.free(NetworkID, Addr);
    },
    releaseTask(task) {
      for (const { NetworkID, Addr } of task.Addresses) addresses.free(NetworkID, Addr);
    },
    nodeJoined() {
      const ingress = [...world.networks.values()].find((network) => network.Ingress);
      if (ingress !== undefined) addresses.take(ingress);
    },
  };
}

/** By id or by name. */
export function findNetwork(world: World, reference: string): Network | undefined {
  return world.networks.get(reference) ?? [...world.networks.values()].find(({ Name }) => Name === reference);
}

/** Addresses are given back when a task is over, once. */
export function givesBackAddresses(task: Task, old: Task | undefined): boolean {
  return isOver(task.Status.State) && old !== undefined && !isOver(old.Status.State);
}
