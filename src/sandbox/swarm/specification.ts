import { type Fields, fieldsIn, isFields, itemsIn, ordered, withoutEmpty } from './exact-json.ts';
import { ServiceSpec } from './service-spec.ts';

/** A service's spec as it is kept: whole, to the last digit, beside what the controllers read of it. */
export interface Specification {
  /** JSON, as the engine gives it. */
  readonly text: string;
  /** The `Spec` of its tasks. */
  readonly taskText: string;
  readonly endpointText: string;
  readonly spec: ServiceSpec;
}

const containerFields = [
  'Image',
  'Labels',
  'Command',
  'Args',
  'Hostname',
  'Env',
  'Dir',
  'User',
  'Groups',
  'Privileges',
  'Init',
  'StopSignal',
  'TTY',
  'OpenStdin',
  'ReadOnly',
  'Mounts',
  'StopGracePeriod',
  'Healthcheck',
  'Hosts',
  'DNSConfig',
  'Secrets',
  'Configs',
  'Isolation',
  'Sysctls',
  'CapabilityAdd',
  'CapabilityDrop',
  'Ulimits',
  'OomScoreAdj',
];
const taskFields = [
  'ContainerSpec',
  'Resources',
  'RestartPolicy',
  'Placement',
  'Networks',
  'LogDriver',
  'ForceUpdate',
  'Runtime',
];
const updateFields = ['Parallelism', 'Delay', 'FailureAction', 'Monitor', 'MaxFailureRatio', 'Order'];
const serviceFields = ['Name', 'Labels', 'TaskTemplate', 'Mode', 'UpdateConfig', 'RollbackConfig'];

/**
 * What an engine makes of the spec that a client sends: its own order, its own defaults, nothing empty; what it doesn't
 * know is kept at the end. @param sent as `parseExactJson` gives it @throws ZodError
 */
export function specificationOf(sent: unknown): Specification {
  const { Networks, EndpointSpec, ...fields } = fieldsIn(sent);
  const task = canonicalTask(fieldsIn(fields['TaskTemplate']));
  const canonical = {
    ...ordered(
      {
        ...present(fields),
        Labels: fields['Labels'] ?? {},
        TaskTemplate: task,
        Mode: canonicalMode(fieldsIn(fields['Mode'])),
        ...eachPresent(fields, ['UpdateConfig', 'RollbackConfig'], canonicalUpdate),
      },
      serviceFields,
    ),
    ...(itemsIn(Networks).length > 0 && { Networks }),
    ...(isFields(EndpointSpec) && { EndpointSpec: canonicalEndpoint(EndpointSpec) }),
  };
  const text = JSON.stringify(canonical);
  const { Runtime: _, ...taskSpec } = task;
  return {
    text,
    taskText: JSON.stringify(taskSpec),
    endpointText: JSON.stringify(isFields(EndpointSpec) ? canonicalEndpoint(EndpointSpec) : {}),
    spec: ServiceSpec.parse(JSON.parse(text)),
  };
}

function canonicalMode(mode: Fields): Fields {
  const given = withoutNulls(mode);
  if (Object.keys(given).length === 0 || isFields(given['Replicated'])) {
    return { ...given, Replicated: { Replicas: 1, ...withoutNulls(fieldsIn(given['Replicated'])) } };
  }
  return given;
}

function canonicalTask(task: Fields): Fields {
  const { ContainerSpec, Resources, RestartPolicy, Placement, ...rest } = task;
  return ordered(
    {
      ...present(rest),
      ...(isFields(ContainerSpec) && { ContainerSpec: canonicalContainer(ContainerSpec) }),
      ...(isFields(Resources) && { Resources: { Limits: {}, Reservations: {}, ...withoutNulls(Resources) } }),
      ...(isFields(RestartPolicy) && {
        RestartPolicy: ordered({ Condition: 'any', MaxAttempts: 0, ...withoutNulls(RestartPolicy) }, [
          'Condition',
          'Delay',
          'MaxAttempts',
          'Window',
        ]),
      }),
      ...(isFields(Placement) && {
        Placement: ordered(withoutEmpty(Placement), [
          'Constraints',
          'Preferences',
          'MaxReplicas',
          'Platforms',
        ]),
      }),
      ForceUpdate: rest['ForceUpdate'] ?? 0,
      Runtime: rest['Runtime'] ?? 'container',
    },
    taskFields,
  );
}

function canonicalContainer(container: Fields): Fields {
  const { Init, Isolation, ...rest } = container;
  return ordered(
    {
      ...withoutEmpty(rest),
      ...(typeof Init === 'boolean' && { Init }),
      Isolation: typeof Isolation === 'string' && Isolation !== '' ? Isolation : 'default',
    },
    containerFields,
  );
}

function canonicalUpdate(config: Fields): Fields {
  const { Delay, Monitor, ...rest } = withoutNulls(config);
  return ordered(
    {
      Parallelism: 0,
      FailureAction: 'pause',
      MaxFailureRatio: 0,
      Order: 'stop-first',
      ...present(rest),
      ...(Delay !== 0 && Delay !== undefined && { Delay }),
      ...(Monitor !== 0 && Monitor !== undefined && { Monitor }),
    },
    updateFields,
  );
}

function canonicalEndpoint(endpoint: Fields): Fields {
  const ports = itemsIn(endpoint['Ports']).map((port) =>
    ordered({ Protocol: 'tcp', PublishMode: 'ingress', ...withoutEmpty(fieldsIn(port)) }, [
      'Name',
      'Protocol',
      'TargetPort',
      'PublishedPort',
      'PublishMode',
    ]),
  );
  const { Mode, Ports: _, ...rest } = present(endpoint);
  return { Mode: Mode ?? 'vip', ...(ports.length > 0 && { Ports: ports }), ...rest };
}

function eachPresent(fields: Fields, keys: readonly string[], change: (value: Fields) => Fields): Fields {
  return Object.fromEntries(
    keys.flatMap((key) => (isFields(fields[key]) ? [[key, change(fields[key])] as const] : [])),
  );
}

/** Without what is absent or null. */
function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** Without what is absent, null or an empty list or text. */
function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(withoutNulls(fields)).filter(
      ([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
