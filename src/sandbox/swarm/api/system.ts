import { moment } from '../moment.ts';
import type { World } from '../world.ts';
import { type Answer, type Asked, jsonOf } from './answer.ts';
import { clusterCertificate } from './certificate.ts';
import { type EngineParts, ownNode, requireManager } from './engine.ts';

export const newestApi = '1.51';
export const oldestApi = '1.24';

export function ping({ world, nodeId, inSwarm }: EngineParts, { method }: Asked): Answer {
  const isManager = ownNode(world, nodeId)?.ManagerStatus !== undefined;
  const headers = {
    'Builder-Version': '2',
    'Cache-Control': 'no-cache, no-store, must-revalidate',
    Pragma: 'no-cache',
    Swarm: inSwarm ? `active/${isManager ? 'manager' : 'worker'}` : 'inactive',
  };
  return { kind: 'text', status: 200, text: method === 'HEAD' ? '' : 'OK', headers };
}

export function version({ world }: EngineParts): Answer {
  const Version = world.settings.engineVersion;
  const common = { GitCommit: 'simulated', GoVersion: 'none', Os: 'linux', Arch: 'amd64' };
  const built = { KernelVersion: 'simulated', BuildTime: '2026-01-01T00:00:00.000000000+00:00' };
  return jsonOf({
    Platform: { Name: "Shipmate's simulated Swarm" },
    Components: [
      {
        Name: 'Engine',
        Version,
        Details: {
          ApiVersion: newestApi,
          Arch: common.Arch,
          BuildTime: built.BuildTime,
          Experimental: 'false',
          GitCommit: common.GitCommit,
          GoVersion: common.GoVersion,
          KernelVersion: built.KernelVersion,
          MinAPIVersion: oldestApi,
          Os: common.Os,
        },
      },
    ],
    Version,
    ApiVersion: newestApi,
    MinAPIVersion: oldestApi,
    ...common,
    ...built,
  });
}

/** It says that it is a simulation where `docker info` shows it: operating system, labels and warnings. */
export function info({ world, nodeId, inSwarm, events }: EngineParts): Answer {
  const node = ownNode(world, nodeId);
  const containers = world.containers.on(nodeId);
  const running = containers.filter(
    ({ started, finished }) => started !== undefined && finished === undefined,
  );
  return jsonOf({
    ID: `simulated-${nodeId}`,
    Containers: containers.length,
    ContainersRunning: running.length,
    ContainersPaused: 0,
    ContainersStopped: containers.length - running.length,
    Images: new Set(containers.map(({ image }) => image.id)).size,
    Driver: 'overlay2',
    DriverStatus: [['Backing Filesystem', 'simulated']],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
      Authorization: null,
      Log: ['awslogs', 'fluentd', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
    },
    MemoryLimit: true,
    SwapLimit: true,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: 44,
    OomKillDisable: true,
    NGoroutines: 100,
    SystemTime: moment(world.clock.now()),
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '1',
    NEventsListener: events.listeners,
    KernelVersion: 'simulated',
    OperatingSystem: "Shipmate's simulated Swarm",
    OSVersion: '',
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: { IndexConfigs: {}, InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'], Mirrors: null },
    NCPU: (node?.Resources.NanoCPUs ?? 0) / 1e9,
    MemTotal: node?.Resources.MemoryBytes ?? 0,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: node?.Hostname ?? 'none',
    Labels: ['simulation=true'],
    ExperimentalBuild: false,
    ServerVersion: world.settings.engineVersion,
    Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: inSwarm
      ? swarmInfo(world, nodeId)
      : {
          NodeID: '',
          NodeAddr: '',
          LocalNodeState: 'inactive',
          ControlAvailable: false,
          Error: '',
          RemoteManagers: null,
        },
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: '' },
    RuncCommit: { ID: '' },
    InitCommit: { ID: '' },
    SecurityOptions: ['name=seccomp,profile=builtin'],
    FirewallBackend: { Driver: 'iptables' },
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Warnings: ['WARNING: This is a simulation: no container runs here'],
  });
}

function swarmInfo(world: World, nodeId: string) {
  const node = ownNode(world, nodeId);
  const managers = [...world.nodes.values()].filter(({ ManagerStatus }) => ManagerStatus !== undefined);
  const isManager = node?.ManagerStatus !== undefined;
  return {
    NodeID: nodeId,
    NodeAddr: node?.Status.Addr ?? '',
    LocalNodeState: 'active',
    ControlAvailable: isManager,
    Error: '',
    RemoteManagers: managers.map(({ ID, Status }) => ({ NodeID: ID, Addr: `${Status.Addr}:2377` })),
    ...(isManager && { Nodes: world.nodes.size, Managers: managers.length, Cluster: cluster(world) }),
  };
}

function cluster(world: World) {
  const at = moment(world.createdAt);
  return {
    ID: world.clusterId,
    Version: { Index: 10 },
    CreatedAt: at,
    UpdatedAt: at,
    Spec: {
      Name: 'default',
      Labels: {},
      Orchestration: { TaskHistoryRetentionLimit: world.settings.taskHistory },
      Raft: {
        SnapshotInterval: 10000,
        KeepOldSnapshots: 0,
        LogEntriesForSlowFollowers: 500,
        ElectionTick: 10,
        HeartbeatTick: 1,
      },
      Dispatcher: { HeartbeatPeriod: world.settings.heartbeat * 1e6 },
      CAConfig: { NodeCertExpiry: 7776000000000000 },
      TaskDefaults: {},
      EncryptionConfig: { AutoLockManagers: false },
    },
    TLSInfo: clusterCertificate,
    RootRotationInProgress: false,
    DefaultAddrPool: null,
    SubnetSize: 24,
    DataPathPort: 4789,
  };
}

/** There is nothing to join: the tokens are none. */
export function inspectSwarm({ world }: EngineParts): Answer {
  return jsonOf({ ...cluster(world), JoinTokens: { Worker: 'simulated', Manager: 'simulated' } });
}

/** @throws Refusal on a manager that isn't forced. */
export function leaveSwarm(engine: EngineParts): Answer {
  if (engine.inSwarm) engine.inSwarm = false;
  else requireManager(engine);
  return jsonOf('');
}
