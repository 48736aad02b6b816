import { field, type Lines, pairs, section } from './pretty-lines.ts';
import type { ServiceDetails } from './service-details.ts';
import type { TaskSpec } from './service.ts';

/** The part of `docker service inspect --pretty` that tells of the service's containers. */
export function containerPretty(spec: TaskSpec['ContainerSpec'], details: ServiceDetails): Lines {
  const more = details.ContainerSpec;
  return [
    'ContainerSpec:',
    field('Image', spec?.Image, 1),
    field('Command', spec?.Command?.join(' '), 1),
    field('Args', spec?.Args?.join(' '), 1),
    field('Env', spec?.Env?.join(' '), 1),
    field('Dir', more?.Dir, 1),
    field('Init', more?.Init, 1),
    field('User', more?.User, 1),
    ...section('Capabilities', [
      field('Add', more?.CapabilityAdd?.join(', '), 1),
      field('Drop', more?.CapabilityDrop?.join(', '), 1),
    ]),
    ...section(
      'SysCtls',
      pairs(more?.Sysctls, (key, value) => ` ${key}: ${value}`),
    ),
    ...section(
      'Ulimits',
      (more?.Ulimits ?? []).map(({ Name, Soft, Hard }) => ` ${Name ?? ''}: ${Soft ?? 0}:${Hard ?? 0}`),
    ),
    ...section(
      'Mounts',
      (spec?.Mounts ?? []).flatMap(({ Target, Source, Type }, at) => [
        field('Target', Target, 1),
        field('Source', Source, 2),
        field('ReadOnly', more?.Mounts?.[at]?.ReadOnly ?? false, 2),
        field('Type', Type, 2),
      ]),
    ),
    ...section(
      'Configs',
      (spec?.Configs ?? []).flatMap(({ ConfigName }, at) => [
        field('Target', more?.Configs?.[at]?.File?.Name ?? '(as the runtime takes it)', 1),
        field('Source', ConfigName, 2),
      ]),
    ),
    ...section(
      'Secrets',
      (spec?.Secrets ?? []).flatMap(({ SecretName }, at) => [
        field('Target', more?.Secrets?.[at]?.File?.Name ?? '(as the runtime takes it)', 1),
        field('Source', SecretName, 2),
      ]),
    ),
    ...section('Log Driver', [
      field('Name', details.LogDriver?.Name, 1),
      ...section(
        ' LogOpts',
        pairs(details.LogDriver?.Options, (key, value) => `  ${key}: ${value}`),
      ),
    ]),
  ];
}
