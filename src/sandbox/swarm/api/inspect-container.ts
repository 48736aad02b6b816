import { type Container, stateOf } from '../containers.ts';
import { containerLabels } from '../container-labels.ts';
import { moment } from '../moment.ts';
import { localNetworkId } from './networks.ts';

const never = '0001-01-01T00:00:00Z';

/** As `docker inspect` shows a container. Source: https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container */
export function containerView(container: Container) {
  const { command } = container.program;
  const { spec } = container;
  const ports = Object.fromEntries(container.hostPorts.map((port) => [portKey(port), {}]));
  return {
    Id: container.id,
    Created: moment(container.created),
    Path: command[0] ?? '',
    Args: command.slice(1),
    State: stateView(container),
    Image: container.image.id,
    ...files(container),
    Name: `/${container.name}`,
    RestartCount: 0,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: null,
    HostConfig: hostConfig(container),
    GraphDriver: { Data: layers(container), Name: 'overlay2' },
    Mounts: (spec.Mounts ?? []).map(({ Type, Source, Target, ReadOnly }) => ({
      Type: Type ?? 'bind',
      ...(Type === 'volume' && { Name: Source ?? '' }),
      Source: Type === 'volume' ? `/var/lib/docker/volumes/${Source}/_data` : (Source ?? ''),
      Destination: Target ?? '',
      ...(Type === 'volume' && { Driver: 'local' }),
      Mode: Type === 'volume' ? 'z' : '',
      RW: ReadOnly !== true,
      Propagation: Type === 'bind' ? 'rprivate' : '',
    })),
    Config: {
      Hostname: spec.Hostname || container.id.slice(0, 12),
      Domainname: '',
      User: spec.User ?? '',
      AttachStdin: false,
      AttachStdout: false,
      AttachStderr: false,
      ...(container.hostPorts.length > 0 && { ExposedPorts: ports }),
      Tty: spec.TTY === true,
      OpenStdin: false,
      StdinOnce: false,
      Env: spec.Env ?? null,
      Cmd: spec.Command ? (spec.Args ?? null) : command,
      Image: container.imageReference,
      Volumes: null,
      WorkingDir: spec.Dir ?? '',
      Entrypoint: spec.Command ?? null,
      OnBuild: null,
      Labels: containerLabels(container),
    },
    NetworkSettings: networkSettings(container),
  };
}

type HostPort = Container['hostPorts'][number];

function portKey({ TargetPort, Protocol }: HostPort): string {
  return `${TargetPort}/${Protocol ?? 'tcp'}`;
}

function stateView(container: Container) {
  const state = stateOf(container);
  const { health } = container;
  return {
    Status: state,
    Running: state === 'running',
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    Dead: false,
    Pid: state === 'running' ? container.pid : 0,
    ExitCode: container.exitCode,
    Error: '',
    StartedAt: container.started === undefined ? never : moment(container.started),
    FinishedAt: container.finished === undefined ? never : moment(container.finished),
    ...(health !== undefined && { Health: { Status: health, FailingStreak: 0, Log: [] } }),
  };
}

function files({ id }: Container) {
  const folder = `/var/lib/docker/containers/${id}`;
  return {
    ResolvConfPath: `${folder}/resolv.conf`,
    HostnamePath: `${folder}/hostname`,
    HostsPath: `${folder}/hosts`,
    LogPath: `${folder}/${id}-json.log`,
  };
}

function layers({ id }: Container) {
  const folder = `/var/lib/docker/overlay2/${id}`;
  return {
    ID: id,
    LowerDir: `${folder}-init/diff`,
    MergedDir: `${folder}/merged`,
    UpperDir: `${folder}/diff`,
    WorkDir: `${folder}/work`,
  };
}

function hostConfig(container: Container) {
  const init = container.spec['Init'];
  return {
    Binds: null,
    ContainerIDFile: '',
    LogConfig: { Type: 'json-file', Config: {} },
    NetworkMode: 'bridge',
    PortBindings: Object.fromEntries(
      container.hostPorts.map((port) => [
        portKey(port),
        [{ HostIp: '', HostPort: String(port.PublishedPort) }],
      ]),
    ),
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    AutoRemove: false,
    VolumeDriver: '',
    VolumesFrom: null,
    ConsoleSize: [0, 0],
    CapAdd: null,
    CapDrop: null,
    CgroupnsMode: 'host',
    Dns: null,
    DnsOptions: null,
    DnsSearch: null,
    ExtraHosts: null,
    GroupAdd: null,
    IpcMode: 'private',
    Cgroup: '',
    Links: null,
    OomScoreAdj: 0,
    PidMode: '',
    Privileged: false,
    PublishAllPorts: false,
    ReadonlyRootfs: container.spec['ReadOnly'] === true,
    SecurityOpt: null,
    UTSMode: '',
    UsernsMode: '',
    ShmSize: 67_108_864,
    Runtime: 'runc',
    Isolation: 'default',
    ...limits,
    Ulimits: [],
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    MaskedPaths: [
      '/proc/asound',
      '/proc/acpi',
      '/proc/interrupts',
      '/proc/kcore',
      '/proc/keys',
      '/proc/latency_stats',
      '/proc/timer_list',
      '/proc/timer_stats',
      '/proc/sched_debug',
      '/proc/scsi',
      '/sys/firmware',
      '/sys/devices/virtual/powercap',
    ],
    ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
    ...(typeof init === 'boolean' && { Init: init }),
  };
}

const limits = {
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: null,
  BlkioDeviceReadBps: null,
  BlkioDeviceWriteBps: null,
  BlkioDeviceReadIOps: null,
  BlkioDeviceWriteIOps: null,
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: null,
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: false,
  PidsLimit: null,
};

function networkSettings(container: Container) {
  const isUp = stateOf(container) === 'running';
  const address = isUp
    ? { Gateway: '172.17.0.1', IPAddress: '172.17.0.2', IPPrefixLen: 16 }
    : { Gateway: '', IPAddress: '', IPPrefixLen: 0 };
  const bound = (port: HostPort) =>
    ['0.0.0.0', '::'].map((HostIp) => ({ HostIp, HostPort: String(port.PublishedPort) }));
  const MacAddress = isUp ? '02:42:ac:11:00:02' : '';
  const EndpointID = isUp ? localNetworkId(container.id, 'endpoint') : '';
  const SandboxID = isUp ? localNetworkId(container.id, 'sandbox') : '';
  return {
    Bridge: '',
    SandboxID,
    SandboxKey: isUp ? `/var/run/docker/netns/${SandboxID.slice(0, 12)}` : '',
    Ports: Object.fromEntries(isUp ? container.hostPorts.map((port) => [portKey(port), bound(port)]) : []),
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID,
    Gateway: address.Gateway,
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: address.IPAddress,
    IPPrefixLen: address.IPPrefixLen,
    IPv6Gateway: '',
    MacAddress,
    Networks: { bridge: networkView(container, { ...address, MacAddress, EndpointID }) },
  };
}

interface Endpoint {
  readonly MacAddress: string;
  readonly EndpointID: string;
  readonly Gateway: string;
  readonly IPAddress: string;
  readonly IPPrefixLen: number;
}

export function networkView({ nodeId }: Container, endpoint: Partial<Endpoint> = {}) {
  return {
    IPAMConfig: null,
    Links: null,
    Aliases: null,
    MacAddress: endpoint.MacAddress ?? '',
    DriverOpts: null,
    GwPriority: 0,
    NetworkID: localNetworkId(nodeId, 'bridge'),
    EndpointID: endpoint.EndpointID ?? '',
    Gateway: endpoint.Gateway ?? '',
    IPAddress: endpoint.IPAddress ?? '',
    IPPrefixLen: endpoint.IPPrefixLen ?? 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: null,
  };
}
