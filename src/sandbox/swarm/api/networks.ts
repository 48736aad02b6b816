import { createHash } from 'node:crypto';
import { z } from 'zod';
import { gatewayOf } from '../addresses.ts';
import { moment } from '../moment.ts';
import type { Network } from '../objects.ts';
import { managerRefusal, Refusal } from '../refusal.ts';
import { Labels } from '../service-spec.ts';
import type { World } from '../world.ts';
import { type Answer, type Asked, jsonOf, noContent } from './answer.ts';
import type { EngineParts } from './engine.ts';
import { filtersIn, hasLabels } from './filters.ts';
import { findNetwork } from './find.ts';
import { parsedBody } from './services.ts';
import { networkOptions } from './views.ts';

const localNetworks = ['bridge', 'docker_gwbridge', 'host', 'none'] as const;

export function listNetworks({ world, nodeId }: EngineParts, { query }: Asked): Answer {
  const filters = filtersIn(query, ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type']);
  const all = [
    ...world.networks.all().map(networkView),
    ...localNetworks.map((name) => localView(world, nodeId, name)),
  ];
  const includes = (text: string, wanted: readonly string[]) =>
    wanted.length === 0 || wanted.some((word) => text.includes(word));
  const matches = (text: string, wanted: readonly string[]) => wanted.length === 0 || wanted.includes(text);
  const found = all.filter(
    (network) =>
      includes(network.Name, filters.get('name')) &&
      includes(network.Id, filters.get('id')) &&
      matches(network.Driver, filters.get('driver')) &&
      matches(network.Scope, filters.get('scope')) &&
      hasLabels(network.Labels, filters.get('label')),
  );
  return jsonOf(found);
}

export function inspectNetwork({ world, nodeId }: EngineParts, { params: [reference = ''] }: Asked): Answer {
  const local = localNetworks
    .map((name) => localView(world, nodeId, name))
    .find(({ Name, Id }) => Name === reference || Id === reference);
  return jsonOf(local ?? networkView(findNetwork(world, reference)));
}

const SentNetwork = z.looseObject({
  Name: z.string(),
  Driver: z.string().nullish(),
  Labels: Labels.nullish(),
  Attachable: z.boolean().nullish(),
  Internal: z.boolean().nullish(),
  IPAM: z
    .looseObject({
      Config: z
        .array(z.looseObject({ Subnet: z.string().nullish(), Gateway: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
});

/** Overlay networks alone: a simulated node has no network of its own to add to. @throws Refusal */
export function createNetwork({ world }: EngineParts, { body }: Asked): Answer {
  const sent = SentNetwork.safeParse(parsedBody(body));
  if (!sent.success) throw new Refusal(400, `invalid JSON: ${sent.error.issues[0]?.message}`);
  const { Name, Driver, IPAM } = sent.data;
  if ((Driver ?? 'overlay') !== 'overlay') {
    throw new Refusal(501, `this is a simulation: it has overlay networks, and no ${Driver} ones`);
  }
  if ([...world.networks.values()].some((network) => network.Name === Name)) {
    throw new Refusal(409, `network with name ${Name} already exists`);
  }
  const id = addNetwork(world, {
    Name,
    Labels: sent.data.Labels ?? {},
    Attachable: sent.data.Attachable ?? false,
    Internal: sent.data.Internal ?? false,
    Ingress: false,
    ...(IPAM?.Config?.[0]?.Subnet && { Subnet: IPAM.Config[0].Subnet }),
  });
  return jsonOf({ Id: id, Warning: '' }, 201);
}

export interface NewNetwork extends Pick<Network, 'Name' | 'Labels' | 'Attachable' | 'Internal' | 'Ingress'> {
  /** The next one that is free when absent. */
  readonly Subnet?: string;
}

/** @returns its id. */
export function addNetwork(world: World, { Subnet, ...network }: NewNetwork): string {
  const index = world.networks.size;
  const subnet = Subnet ?? `10.0.${index}.0/24`;
  const id = world.random.id();
  world.networks.create(id, (meta) => ({
    ...meta,
    ...network,
    Driver: 'overlay',
    Subnet: subnet,
    Gateway: gatewayOf(subnet),
    VxlanID: 4096 + index,
  }));
  return id;
}

/** @throws Refusal while a service uses it. */
export function removeNetwork({ world }: EngineParts, { params: [reference = ''] }: Asked): Answer {
  const network = findNetwork(world, reference);
  const user = [...world.services.values()].find(({ Specification: { spec } }) =>
    [...(spec.TaskTemplate.Networks ?? []), ...(spec.Networks ?? [])].some(
      ({ Target }) => Target === network.ID,
    ),
  );
  if (user !== undefined) {
    throw managerRefusal('FailedPrecondition', `network ${network.ID} is in use by service ${user.ID}`);
  }
  world.networks.remove(network.ID);
  return noContent;
}

function networkView(network: Network) {
  return {
    Name: network.Name,
    Id: network.ID,
    Created: moment(network.CreatedAt),
    Scope: 'swarm',
    Driver: network.Driver,
    EnableIPv4: true,
    EnableIPv6: false,
    IPAM: {
      Driver: 'default',
      Options: null,
      Config: [{ Subnet: network.Subnet, Gateway: network.Gateway }],
    },
    Internal: network.Internal,
    Attachable: network.Attachable,
    Ingress: network.Ingress,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: null,
    Options: networkOptions(network),
    Labels: Object.keys(network.Labels).length > 0 ? network.Labels : null,
  };
}

/** Each engine has these for itself. */
export function localNetworkId(nodeId: string, name: string): string {
  return createHash('sha256').update(`${nodeId} ${name}`).digest('hex');
}

function localView(world: World, nodeId: string, name: (typeof localNetworks)[number]) {
  const isBridge = name === 'bridge' || name === 'docker_gwbridge';
  const subnet = name === 'bridge' ? '172.17.0' : '172.18.0';
  return {
    Name: name,
    Id: localNetworkId(nodeId, name),
    Created: moment(world.createdAt),
    Scope: 'local',
    Driver: isBridge ? 'bridge' : name === 'none' ? 'null' : name,
    EnableIPv4: true,
    EnableIPv6: false,
    IPAM: {
      Driver: 'default',
      Options: null,
      Config: isBridge ? [{ Subnet: `${subnet}.0/16`, Gateway: `${subnet}.1` }] : null,
    },
    Internal: false,
    Attachable: false,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: {},
    Options: {},
    Labels: {},
  };
}
