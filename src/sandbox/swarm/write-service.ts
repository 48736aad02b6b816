import { ZodError } from 'zod';
import { checkKeepsakes, checkPortConflicts, checkServiceSpec } from './check-service.ts';
import { findNetwork } from './control/allocate.ts';
import { type Fields, fieldsIn, isFields, itemsIn } from './exact-json.ts';
import type { Service } from './objects.ts';
import { managerRefusal, Refusal } from './refusal.ts';
import { isJob, modeOf } from './service-spec.ts';
import { type Specification, specificationOf } from './specification.ts';
import type { World } from './world.ts';

export interface ServiceWrites {
  /** @param sent the body, as `parseExactJson` gives it. @returns the new id. @throws Refusal */
  create(sent: unknown): string;
  /** @throws Refusal */
  update(service: Service, sent: unknown, options: UpdateOptions): void;
  remove(service: Service): void;
}

interface UpdateOptions {
  /** What the client saw: another one is refused as out of sequence. */
  readonly version: number;
  readonly rollback?: boolean;
}

export function serviceWrites(world: World): ServiceWrites {
  const { services } = world;
  return {
    create(sent) {
      const Specification = specified(world, sent);
      const { spec } = Specification;
      checkServiceSpec(spec);
      checkPortConflicts(world, spec);
      checkKeepsakes(world, spec);
      const isTaken = [...services.values()].some((one) => one.Specification.spec.Name === spec.Name);
      if (isTaken) {
        const why = `name conflicts with an existing object: service ${spec.Name} already exists`;
        throw managerRefusal('AlreadyExists', why);
      }
      const id = world.random.id();
      services.create(id, (meta) => ({
        ...meta,
        Specification,
        SpecVersion: meta.Version,
        Previous: undefined,
        UpdateStatus: undefined,
        Ports: [],
        VirtualIPs: [],
        JobStatus: isJob(spec) ? { Iteration: 0, LastExecution: meta.CreatedAt } : undefined,
      }));
      return id;
    },
    update(service, sent, { version, rollback = false }) {
      const Specification = specified(world, sent);
      const { spec } = Specification;
      checkServiceSpec(spec);
      const { spec: current } = service.Specification;
      checkPortConflicts(world, spec, service);
      checkKeepsakes(world, spec);
      if (current.Networks?.length && JSON.stringify(spec.Networks) !== JSON.stringify(current.Networks)) {
        throw managerRefusal('Unimplemented', 'networks must be migrated to TaskSpec before being changed');
      }
      if (modeOf(current).kind !== modeOf(spec).kind) {
        throw managerRefusal('Unimplemented', 'service mode change is not allowed');
      }
      if (current.Name !== spec.Name) {
        throw managerRefusal('Unimplemented', 'renaming services is not supported');
      }
      if (rollback && service.Previous === undefined) {
        throw managerRefusal('FailedPrecondition', `service ${service.ID} does not have a previous spec`);
      }
      if (version !== service.Version) throw managerRefusal('Unknown', 'update out of sequence');
      write(service, Specification, rollback);
    },
    remove: (service) => services.remove(service.ID),
  };

  function write(service: Service, sent: Specification, rollback: boolean): void {
    const { Specification, SpecVersion, Previous, JobStatus } = service;
    services.update(service.ID, (old, meta) => {
      const next =
        rollback && Previous !== undefined ? Previous : { Specification: sent, SpecVersion: meta.Version };
      return {
        ...old,
        ...meta,
        ...next,
        Previous: { Specification, SpecVersion },
        UpdateStatus: rollback
          ? {
              State: 'rollback_started',
              StartedAt: world.clock.now(),
              Message: 'manually requested rollback',
            }
          : undefined,
        JobStatus: JobStatus && { Iteration: JobStatus.Iteration + 1, LastExecution: world.clock.now() },
      };
    });
  }
}

/** Networks are named by their ids from then on. @throws Refusal */
function specified(world: World, sent: unknown): Specification {
  const fields = fieldsIn(sent);
  if (!isFields(fields['TaskTemplate']) || !isFields(fieldsIn(fields['TaskTemplate'])['ContainerSpec'])) {
    throw new Refusal(400, 'mismatched Runtime and *Spec fields');
  }
  const task = fieldsIn(fields['TaskTemplate']);
  const resolved = {
    ...fields,
    TaskTemplate: withNetworkIds(world, task),
    ...withNetworkIds(world, { Networks: fields['Networks'] }),
  };
  try {
    return specificationOf({ Name: '', ...resolved });
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const [issue] = error.issues;
    throw new Refusal(400, `invalid JSON: ${issue?.path.join('.')}: ${issue?.message}`);
  }
}

function withNetworkIds(world: World, fields: Fields): Fields {
  const attached = itemsIn(fields['Networks']);
  if (attached.length === 0) return fields;
  const Networks = attached.map((one) => {
    const attachment = fieldsIn(one);
    const target = String(attachment['Target']);
    const network = findNetwork(world, target);
    if (network === undefined) throw new Refusal(500, `network ${target} not found`);
    return { ...attachment, Target: network.ID };
  });
  return { ...fields, Networks };
}
