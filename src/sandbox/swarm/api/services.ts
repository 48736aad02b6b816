import { fieldsIn, parseExactJson } from '../exact-json.ts';
import type { Service } from '../objects.ts';
import { Refusal } from '../refusal.ts';
import { modeOf } from '../service-spec.ts';
import type { World } from '../world.ts';
import { type Answer, type Asked, done, isAsked, isOlder, json, jsonOf, versionIn } from './answer.ts';
import { withDefaults } from './defaults.ts';
import type { EngineParts } from './engine.ts';
import { filtersIn, hasLabels, hasPrefix } from './filters.ts';
import { findService } from './find.ts';
import { serviceText } from './views.ts';

export function listServices({ world }: EngineParts, { query, version }: Asked): Answer {
  const filters = filtersIn(query, ['name', 'id', 'label', 'mode', 'runtime']);
  const modes = filters.get('mode');
  const isWanted = ({ ID, Specification: { spec } }: Service) =>
    hasPrefix(spec.Name, filters.get('name')) &&
    hasPrefix(ID, filters.get('id')) &&
    hasLabels(spec.Labels, filters.get('label')) &&
    (modes.length === 0 || modes.includes(modeOf(spec).kind)) &&
    (!filters.has('runtime') || filters.get('runtime').includes(spec.TaskTemplate.Runtime ?? 'container'));
  const withStatus = isAsked(query, 'status') && !isOlder(version, '1.41');
  const texts = world.services
    .all()
    .filter(isWanted)
    .map((service) =>
      serviceText(service, withStatus ? `,"ServiceStatus":${statusText(world, service)}` : ''),
    );
  return json(`[${texts.join(',')}]`);
}

/** Source: swarmkit, ListServiceStatuses: tasks on nodes that are down count as running. */
function statusText(world: World, service: Service): string {
  const mode = modeOf(service.Specification.spec);
  const iteration = service.JobStatus?.Iteration;
  let running = 0;
  let completed = 0;
  let wanted = 0;
  for (const { Status, DesiredState, JobIteration } of world.tasksBy.service(service.ID)) {
    if (iteration !== undefined && JobIteration !== iteration) continue;
    if (iteration !== undefined && Status.State === 'complete') completed += 1;
    if (Status.State === 'running') running += 1;
    if (DesiredState === 'running' || (DesiredState === 'complete' && Status.State !== 'complete'))
      wanted += 1;
  }
  const desired =
    mode.kind === 'replicated' ? mode.replicas : mode.kind === 'replicated-job' ? mode.concurrent : wanted;
  return `{"RunningTasks":${running},"DesiredTasks":${desired},"CompletedTasks":${completed}}`;
}

export function inspectService({ world }: EngineParts, { params: [reference = ''], query }: Asked): Answer {
  const service = findService(world, reference);
  if (!isAsked(query, 'insertDefaults')) return json(serviceText(service));
  return json(serviceText(service, '', withDefaults(service.Specification.text)));
}

export function createService({ services }: EngineParts, { body }: Asked): Answer {
  return jsonOf({ ID: services.create(parsedBody(body)), Warnings: null }, 201);
}

export function updateService({ world, services }: EngineParts, asked: Asked): Answer {
  const { params, query, body } = asked;
  const version = versionIn(query, 'service');
  const sent = parsedBody(body);
  const service = findService(world, params[0] ?? '');
  const authFrom = query.get('registryAuthFrom') ?? '';
  if (!['', 'spec', 'previous-spec'].includes(authFrom)) {
    throw new Refusal(500, 'unsupported registryAuthFrom value');
  }
  if (authFrom === 'previous-spec' && service.Previous === undefined) {
    throw new Refusal(500, 'service does not have a previous spec');
  }
  const rollback = query.get('rollback') ?? '';
  if (!['', 'none', 'previous'].includes(rollback)) {
    throw new Refusal(500, `unrecognized rollback option ${rollback}`);
  }
  services.update(service, sent, { version, rollback: rollback === 'previous' });
  return jsonOf({ Warnings: null });
}

export function removeService({ world, services }: EngineParts, { params: [reference = ''] }: Asked): Answer {
  services.remove(findService(world, reference));
  return done;
}

/** @throws Refusal for what isn't JSON; nothing at all is an empty object. */
export function parsedBody(body: string): unknown {
  if (body.trim() === '') return {};
  try {
    return fieldsIn(parseExactJson(body));
  } catch (error) {
    throw new Refusal(400, `invalid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
