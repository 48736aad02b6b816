import { moment } from '../moment.ts';
import type { Keepsake, Network, Service, SwarmNode, Task, TaskStatus, UpdateStatus } from '../objects.ts';
import type { World } from '../world.ts';
import { clusterCertificate } from './certificate.ts';

/**
 * What the store holds, as JSON in the Engine API's shapes and in the order of the engine's own fields. Texts are kept as
 * long as what they are made of: most of a long list is the same from one time to the next.
 */
const serviceTexts = new WeakMap<Service, string>();
const taskTexts = new WeakMap<Task, string>();
const nodeTexts = new WeakMap<SwarmNode, string>();

function kept<T extends object>(texts: WeakMap<T, string>, object: T, make: () => string): string {
  const known = texts.get(object);
  if (known !== undefined) return known;
  const text = make();
  texts.set(object, text);
  return text;
}

function head({ ID, Version, CreatedAt, UpdatedAt }: Service | Task | SwarmNode | Keepsake): string {
  return `{"ID":"${ID}","Version":{"Index":${Version}},"CreatedAt":"${moment(CreatedAt)}","UpdatedAt":"${moment(UpdatedAt)}"`;
}

/** @param specText in place of the spec as it is kept. */
export function serviceText(service: Service, more = '', specText?: string): string {
  const body =
    specText === undefined
      ? kept(serviceTexts, service, () => serviceBody(service, service.Specification.text))
      : serviceBody(service, specText);
  return `${body}${more}${jobText(service)}}`;
}

function serviceBody(service: Service, specText: string): string {
  const { Previous, Ports, VirtualIPs, UpdateStatus } = service;
  const isAllocated = Ports.length > 0 || VirtualIPs.length > 0;
  const endpoint = [
    `"Spec":${isAllocated ? service.Specification.endpointText : '{}'}`,
    ...(Ports.length > 0 ? [`"Ports":${JSON.stringify(Ports)}`] : []),
    ...(VirtualIPs.length > 0 ? [`"VirtualIPs":${JSON.stringify(VirtualIPs)}`] : []),
  ];
  return [
    head(service),
    `"Spec":${specText}`,
    ...(Previous ? [`"PreviousSpec":${Previous.Specification.text}`] : []),
    `"Endpoint":{${endpoint.join(',')}}`,
    ...(UpdateStatus ? [`"UpdateStatus":${JSON.stringify(updateStatusView(UpdateStatus))}`] : []),
  ].join(',');
}

function jobText({ JobStatus }: Service): string {
  if (JobStatus === undefined) return '';
  const JobIteration = JobStatus.Iteration > 0 ? { Index: JobStatus.Iteration } : {};
  return `,"JobStatus":${JSON.stringify({ JobIteration, LastExecution: moment(JobStatus.LastExecution) })}`;
}

function updateStatusView({ State, StartedAt, CompletedAt, Message }: UpdateStatus) {
  return {
    State,
    StartedAt: moment(StartedAt),
    ...(CompletedAt !== undefined && { CompletedAt: moment(CompletedAt) }),
    Message,
  };
}

export function taskText(world: World, task: Task): string {
  return kept(taskTexts, task, () => {
    const { JobIteration, Slot, NodeID } = task;
    return [
      head(task),
      `"Labels":{}`,
      `"Spec":${task.SpecText}`,
      `"ServiceID":"${task.ServiceID}"`,
      ...(Slot > 0 ? [`"Slot":${Slot}`] : []),
      ...(NodeID === '' ? [] : [`"NodeID":"${NodeID}"`]),
      `"Status":${JSON.stringify(statusView(task.Status, task))}`,
      `"DesiredState":"${task.DesiredState}"`,
      ...(task.Addresses.length > 0 ? [`"NetworksAttachments":${attachmentsText(world, task)}`] : []),
      ...(JobIteration === undefined
        ? []
        : [`"JobIteration":${JSON.stringify(JobIteration > 0 ? { Index: JobIteration } : {})}`]),
      `"Volumes":null}`,
    ].join(',');
  });
}

function statusView({ Timestamp, State, Message, Err, ContainerStatus }: TaskStatus, task: Task) {
  const ports = task.Ports.filter((port) => port.PublishMode === 'host');
  // Once for each family of addresses.
  const published = State === 'running' && ports.length > 0 ? { Ports: [...ports, ...ports] } : {};
  return {
    Timestamp: moment(Timestamp),
    State,
    Message,
    ...(Err !== undefined && Err !== '' && { Err }),
    ...(ContainerStatus && { ContainerStatus }),
    PortStatus: published,
  };
}

function attachmentsText(world: World, task: Task): string {
  const attachments = task.Addresses.flatMap(({ NetworkID, Addr }) => {
    const network = world.networks.get(NetworkID);
    return network === undefined ? [] : [{ Network: swarmNetworkView(network), Addresses: [Addr] }];
  });
  return JSON.stringify(attachments);
}

/** A network as the managers have it, which is another shape than that of `GET /networks`. */
function swarmNetworkView(network: Network) {
  const { Driver, Ingress, Attachable, Internal } = network;
  return {
    ID: network.ID,
    Version: { Index: network.Version },
    CreatedAt: moment(network.CreatedAt),
    UpdatedAt: moment(network.UpdatedAt),
    Spec: {
      Name: network.Name,
      Labels: network.Labels,
      DriverConfiguration: Ingress ? {} : { Name: Driver },
      ...(Internal && { Internal }),
      ...(Attachable && { Attachable }),
      ...(Ingress && { Ingress }),
      IPAMOptions: { Driver: Ingress ? {} : { Name: 'default' } },
      Scope: 'swarm',
    },
    DriverState: { Name: Driver, Options: networkOptions(network) },
    IPAMOptions: {
      Driver: { Name: 'default' },
      Configs: [{ Subnet: network.Subnet, Gateway: network.Gateway }],
    },
  };
}

export function networkOptions({ VxlanID }: Network): Readonly<Record<string, string>> {
  return { 'com.docker.network.driver.overlay.vxlanid_list': String(VxlanID) };
}

const plugins = {
  Log: ['awslogs', 'fluentd', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
  Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
  Volume: ['local'],
} as const;

export function nodeText(world: World, node: SwarmNode): string {
  return kept(nodeTexts, node, () => {
    const { Spec, ManagerStatus, EngineLabels } = node;
    const view = {
      Spec: {
        ...(Spec.Name !== undefined && Spec.Name !== '' && { Name: Spec.Name }),
        Labels: Spec.Labels,
        Role: Spec.Role,
        Availability: Spec.Availability,
      },
      Description: {
        Hostname: node.Hostname,
        Platform: node.Platform,
        Resources: node.Resources,
        Engine: {
          EngineVersion: world.settings.engineVersion,
          ...(Object.keys(EngineLabels).length > 0 && { Labels: EngineLabels }),
          Plugins: Object.entries(plugins).flatMap(([Type, names]) => names.map((Name) => ({ Type, Name }))),
        },
        TLSInfo: clusterCertificate,
      },
      Status: {
        State: node.Status.State,
        ...(node.Status.Message !== undefined && { Message: node.Status.Message }),
        Addr: node.Status.Addr,
      },
      ...(ManagerStatus && {
        ManagerStatus: {
          ...(ManagerStatus.Leader && { Leader: true }),
          Reachability: ManagerStatus.Reachability,
          Addr: `${node.Status.Addr}:2377`,
        },
      }),
    };
    return `${head(node)},${JSON.stringify(view).slice(1)}`;
  });
}
