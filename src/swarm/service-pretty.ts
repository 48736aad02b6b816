import { capitalized } from './capitalized.ts';
import { containerPretty } from './container-pretty.ts';
import { goDuration } from './go-duration.ts';
import { healthPretty } from './health-pretty.ts';
import { humanDuration } from './human-duration.ts';
import { humanSize } from './human-size.ts';
import { field, type Lines, page, pairs, section } from './pretty-lines.ts';
import { ServiceDetails } from './service-details.ts';
import { serviceMode } from './service-mode.ts';
import type { Service, TaskSpec, UpdateConfig } from './service.ts';

/**
 * A service as `docker service inspect --pretty` tells it, with what the spec leaves open filled in with the Swarm's
 * defaults, as there. Unlike there, jobs have their mode and numbers, and networks are ids.
 * Source: docker/cli cli/command/service/formatter.go; swarmkit api/defaults/service.go.
 * @param service with secrets masked already.
 * @param now milliseconds since 1970.
 */
export function servicePretty(service: Service, now: number): string {
  const { Spec, Endpoint } = service;
  const template = Spec.TaskTemplate;
  const details = ServiceDetails.parse(template);
  return page([
    field('ID', service.ID),
    field('Name', Spec.Name),
    ...section(
      'Labels',
      pairs(Spec.Labels, (key, value) => ` ${key}${value === '' ? '' : `=${value}`}`),
    ),
    ...modeLines(Spec.Mode, serviceMode(Spec)),
    ...section('UpdateStatus', updateStatus(service, now)),
    ...section('Placement', placement(template, details)),
    'UpdateConfig:',
    ...updateConfig(Spec.UpdateConfig, 'Update order'),
    'RollbackConfig:',
    ...updateConfig(Spec.RollbackConfig, 'Rollback order'),
    ...containerPretty(template.ContainerSpec, details),
    ...section('Resources', resources(template)),
    field('Networks', template.Networks?.map(({ Target }) => Target ?? '').join(' ')),
    field('Endpoint Mode', Spec.EndpointSpec?.Mode),
    ...section('Ports', (Endpoint?.Ports ?? []).flatMap(port)),
    ...healthPretty(details),
  ]);
}

function modeLines(mode: Service['Spec']['Mode'], name: string): Lines {
  return [
    field('Service Mode', name === 'replicated' || name === 'global' ? capitalized(name) : name),
    field('Replicas', mode?.Replicated?.Replicas, 1),
    field('Total completions', mode?.ReplicatedJob?.TotalCompletions, 1),
    field('Max concurrent', mode?.ReplicatedJob?.MaxConcurrent, 1),
  ];
}

function updateStatus({ UpdateStatus: status }: Service, now: number): Lines {
  if (!status?.State) return [];
  return [
    field('State', status.State, 1),
    field('Started', ago(status.StartedAt, now), 1),
    status.State === 'completed' ? field('Completed', ago(status.CompletedAt, now), 1) : undefined,
    field('Message', status.Message, 1),
  ];
}

function ago(time: string | null | undefined, now: number): string | undefined {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? undefined : `${humanDuration(now - at)} ago`;
}

function placement({ Placement }: TaskSpec, details: ServiceDetails): Lines {
  const spreads = (details.Placement?.Preferences ?? []).flatMap(({ Spread }) =>
    Spread ? [`spread=${Spread.SpreadDescriptor}`] : [],
  );
  const constraints = Placement?.Constraints ?? [];
  return [
    constraints.length > 0 ? field('Constraints', `[${constraints.join(' ')}]`, 1) : undefined,
    spreads.length > 0 ? field('Preferences', `[${spreads.join(' ')}]`, 1) : undefined,
    field('Max Replicas Per Node', Placement?.MaxReplicas || undefined, 1),
  ];
}

function updateConfig(config: UpdateConfig | null | undefined, order: string): Lines {
  const monitor = config?.Monitor ?? 5e9;
  const delay = config?.Delay ?? 0;
  return [
    field('Parallelism', config ? (config.Parallelism ?? 0) : 1, 1),
    delay > 0 ? field('Delay', goDuration(delay), 1) : undefined,
    field('On failure', config?.FailureAction || 'pause', 1),
    monitor > 0 ? field('Monitoring Period', goDuration(monitor), 1) : undefined,
    field('Max failure ratio', config?.MaxFailureRatio ?? 0, 1),
    field(order, config?.Order || 'stop-first', 1),
  ];
}

function resources({ Resources }: TaskSpec): Lines {
  return [
    ...section(' Reservations', amounts(Resources?.Reservations)),
    ...section(' Limits', amounts(Resources?.Limits)),
  ];
}

function amounts(given: NonNullable<TaskSpec['Resources']>['Limits']): Lines {
  return [
    field('CPU', given?.NanoCPUs ? given.NanoCPUs / 1e9 : undefined, 2),
    field('Memory', given?.MemoryBytes ? humanSize(given.MemoryBytes) : undefined, 2),
    field('PIDs', given?.Pids || undefined, 2),
  ];
}

function port(config: NonNullable<NonNullable<Service['Endpoint']>['Ports']>[number]): Lines {
  return [
    field('PublishedPort', config.PublishedPort ?? 0, 1),
    field('Protocol', config.Protocol, 2),
    field('TargetPort', config.TargetPort ?? 0, 2),
    field('PublishMode', config.PublishMode, 2),
  ];
}
