import { parseConstraints } from './control/constraint.ts';
import { parseImage } from './image-reference.ts';
import type { Service } from './objects.ts';
import { managerRefusal, Refusal } from './refusal.ts';
import { isJob, type Port, type ServiceSpec } from './service-spec.ts';
import type { World } from './world.ts';

const leastMemory = 4 * 1024 * 1024;
const leastCpus = 1e6;

/** What no service can be. @throws Refusal in swarmkit's words (manager/controlapi/service.go) */
export function checkServiceSpec(spec: ServiceSpec): void {
  const { TaskTemplate: task } = spec;
  if (!task.ContainerSpec) throw new Refusal(400, 'mismatched Runtime and *Spec fields');
  checkName(spec.Name);
  for (const amounts of [task.Resources?.Limits, task.Resources?.Reservations]) {
    const { NanoCPUs, MemoryBytes } = amounts ?? {};
    if (NanoCPUs && NanoCPUs < leastCpus) {
      refuse(`invalid cpu value ${NanoCPUs / 1e9}: Must be at least ${leastCpus / 1e9}`);
    }
    if (MemoryBytes && MemoryBytes < leastMemory) {
      refuse(`invalid memory value ${MemoryBytes}: Must be at least 4MiB`);
    }
  }
  const { Delay, Window } = task.RestartPolicy ?? {};
  if ((Delay ?? 0) < 0) refuse('TaskSpec: restart-delay cannot be negative');
  if ((Window ?? 0) < 0) refuse('TaskSpec: restart-window cannot be negative');
  try {
    parseConstraints(task.Placement?.Constraints ?? []);
  } catch (error) {
    throw managerRefusal('Unknown', error instanceof Error ? error.message : String(error));
  }
  checkImage(task.ContainerSpec.Image ?? '');
  checkUpdateConfigs(spec);
  checkPorts(spec.EndpointSpec?.Ports ?? [], spec.EndpointSpec?.Mode ?? 'vip');
  if ((spec.Mode?.Replicated?.Replicas ?? 0) < 0) refuse('Number of replicas must be non-negative');
  if (isJob(spec) && spec.UpdateConfig) refuse('Jobs may not have an update config');
}

function checkName(name: string): void {
  if (name === '') refuse('name must be provided');
  if (name.length > 63) refuse('name must be 63 characters or fewer');
  if (!/^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/i.test(name)) refuse('name must be valid as a DNS name component');
}

function checkImage(image: string): void {
  if (image === '') refuse('ContainerSpec: image reference must be provided');
  if (parseImage(image) === undefined) refuse(`ContainerSpec: "${image}" is not a valid repository/tag`);
}

function checkUpdateConfigs({ UpdateConfig, RollbackConfig }: ServiceSpec): void {
  for (const config of [UpdateConfig, RollbackConfig]) {
    const ratio = config?.MaxFailureRatio ?? 0;
    if ((config?.Delay ?? 0) < 0) refuse('TaskSpec: update-delay cannot be negative');
    if ((config?.Monitor ?? 0) < 0) refuse('TaskSpec: update-monitor cannot be negative');
    if (ratio < 0 || ratio > 1) {
      refuse('TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1');
    }
  }
}

function checkPorts(ports: readonly Port[], mode: string): void {
  const seen = new Set<string>();
  for (const port of ports) {
    if (mode === 'dnsrr' && port.PublishMode !== 'host') {
      refuse("EndpointSpec: port published with ingress mode can't be used with dnsrr mode");
    }
    if (!port.PublishedPort) continue;
    const key = `${port.Protocol}/${port.PublishedPort}/${port.PublishMode}/${port.TargetPort}`;
    if (seen.has(key)) refuse('EndpointSpec: duplicate published ports provided');
    seen.add(key);
  }
}

/** Two services can't have the same port, but both in host mode. @throws Refusal */
export function checkPortConflicts(world: World, spec: ServiceSpec, own?: Service): void {
  const wanted = (spec.EndpointSpec?.Ports ?? []).filter((port) => port.PublishedPort);
  if (wanted.length === 0) return;
  for (const other of world.services.values()) {
    if (other.ID === own?.ID) continue;
    for (const taken of other.Ports.length > 0 ? other.Ports : portsOf(other)) {
      const clash = wanted.find(
        (port) =>
          port.PublishedPort === taken.PublishedPort &&
          (port.Protocol ?? 'tcp') === (taken.Protocol ?? 'tcp') &&
          !(port.PublishMode === 'host' && taken.PublishMode === 'host'),
      );
      if (clash === undefined) continue;
      const kind = taken.PublishMode === 'host' ? 'a host-published' : 'an ingress';
      const name = other.Specification.spec.Name;
      refuse(
        `port '${clash.PublishedPort}' is already in use by service '${name}' (${other.ID}) as ${kind} port`,
      );
    }
  }
}

function portsOf({ Specification }: Service): readonly Port[] {
  return Specification.spec.EndpointSpec?.Ports ?? [];
}

/** Secrets and configs that a service names must be there. @throws Refusal */
export function checkKeepsakes(world: World, { TaskTemplate: { ContainerSpec } }: ServiceSpec): void {
  const missing = (ContainerSpec?.Secrets ?? []).filter(({ SecretID }) => !world.secrets.get(SecretID ?? ''));
  if (missing.length > 0) refuse(`secret not found: ${missing.map((one) => one['SecretName']).join(', ')}`);
  const lost = (ContainerSpec?.Configs ?? []).filter(({ ConfigID }) => !world.configs.get(ConfigID ?? ''));
  if (lost.length > 0) refuse(`config not found: ${lost.map((one) => one['ConfigName']).join(', ')}`);
}

function refuse(why: string): never {
  throw managerRefusal('InvalidArgument', why);
}
