import { z } from 'zod';
import { moment } from '../moment.ts';
import type { Keepsake } from '../objects.ts';
import { managerRefusal, Refusal } from '../refusal.ts';
import { Labels } from '../service-spec.ts';
import { type Answer, type Asked, done, jsonOf, noContent, versionIn } from './answer.ts';
import type { EngineParts } from './engine.ts';
import { filtersIn, hasLabels, hasPrefix } from './filters.ts';
import { findKeepsake } from './find.ts';
import { parsedBody } from './services.ts';

const Sent = z.looseObject({
  Name: z.string(),
  Labels: Labels.nullish(),
  Data: z.string().nullish(),
});

export type Kind = 'secret' | 'config';

/** The calls about secrets, or about configs, which differ in that a secret is never given out again. */
export function keepsakeRoutes(kind: Kind) {
  const tableOf = ({ world }: EngineParts) => (kind === 'secret' ? world.secrets : world.configs);

  function sentIn(body: string) {
    const sent = Sent.safeParse(parsedBody(body));
    if (sent.success) return { ...sent.data, Labels: sent.data.Labels ?? {}, Data: sent.data.Data ?? '' };
    throw new Refusal(400, `invalid JSON: ${sent.error.issues[0]?.message}`);
  }

  function view({ ID, Version, CreatedAt, UpdatedAt, Name, Labels: labels, Data }: Keepsake) {
    return {
      ID,
      Version: { Index: Version },
      CreatedAt: moment(CreatedAt),
      UpdatedAt: moment(UpdatedAt),
      Spec: { Name, Labels: labels, ...(kind === 'config' && { Data }) },
    };
  }

  return {
    list: (engine: EngineParts, { query }: Asked): Answer => {
      const filters = filtersIn(query, ['id', 'label', 'name', 'names']);
      const found = tableOf(engine)
        .all()
        .filter(
          ({ ID, Name, Labels: labels }) =>
            hasPrefix(ID, filters.get('id')) &&
            hasPrefix(Name, filters.get('name')) &&
            (!filters.has('names') || filters.get('names').includes(Name)) &&
            hasLabels(labels, filters.get('label')),
        );
      return jsonOf(found.map(view));
    },
    inspect: (engine: EngineParts, { params: [reference = ''] }: Asked): Answer => {
      return jsonOf(view(findKeepsake(kind, tableOf(engine), reference)));
    },
    create: (engine: EngineParts, { body }: Asked): Answer => {
      const sent = sentIn(body);
      if ([...tableOf(engine).values()].some(({ Name }) => Name === sent.Name)) {
        throw managerRefusal('AlreadyExists', `${kind} ${sent.Name} already exists`);
      }
      const id = engine.world.random.id();
      tableOf(engine).create(id, (meta) => ({
        ...meta,
        Name: sent.Name,
        Labels: sent.Labels,
        Data: sent.Data,
      }));
      return jsonOf({ ID: id }, 201);
    },
    update: (engine: EngineParts, { params: [reference = ''], query, body }: Asked): Answer => {
      const version = versionIn(query, kind);
      const sent = sentIn(body);
      const found = findKeepsake(kind, tableOf(engine), reference);
      if (found.Version !== version) throw managerRefusal('Unknown', 'update out of sequence');
      tableOf(engine).update(found.ID, (old, meta) => ({ ...old, ...meta, Labels: sent.Labels }));
      return done;
    },
    remove: (engine: EngineParts, { params: [reference = ''] }: Asked): Answer => {
      const found = findKeepsake(kind, tableOf(engine), reference);
      const users = [...engine.world.services.values()].filter(({ Specification: { spec } }) => {
        const { Secrets, Configs } = spec.TaskTemplate.ContainerSpec ?? {};
        const ids =
          kind === 'secret' ? Secrets?.map((one) => one.SecretID) : Configs?.map((one) => one.ConfigID);
        return ids?.includes(found.ID) === true;
      });
      if (users.length > 0) {
        const names = users.map(({ Specification: { spec } }) => spec.Name).join(', ');
        const word = users.length > 1 ? 'services' : 'service';
        const why = `${kind} '${found.Name}' is in use by the following ${word}: ${names}`;
        throw managerRefusal('InvalidArgument', why);
      }
      tableOf(engine).remove(found.ID);
      return noContent;
    },
  };
}
