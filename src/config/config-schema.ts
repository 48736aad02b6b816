import { z } from 'zod';
import { dockerHostMistake, dockerHostPattern } from './docker-host-mistake.ts';
import { imagePatternMistake } from './image-pattern-mistake.ts';
import { channelIdMistake, channelIdPattern, personIdMistake, personIdPattern } from './slack-id-mistake.ts';
import { targetPatternMistake } from './target-pattern-mistake.ts';

/** Names that we let people give: clusters and roles. */
export const namePattern = '^[a-z0-9][a-z0-9_-]*$';

type Meta = Readonly<Record<string, unknown>> & {
  readonly description: string;
  readonly examples: unknown[];
};

function text(meta: Meta, mistake: (found: string) => string | undefined) {
  return z
    .string()
    .superRefine((found, context) => {
      const message = mistake(found);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .meta(meta);
}

/** Empty lists are mistakes: some would read them as nothing, others as everything. */
function listOf<Item extends z.ZodType>(item: Item, meta: Meta) {
  const error = 'the list is empty; expected an entry at least (an optional key may be left out)';
  return z.array(item).min(1, { error }).meta(meta);
}

/** Keys of maps are checked apart, so that a key that is wrong doesn't hide what is wrong in its value. */
function mapOf<Value extends z.ZodType>(keys: string, value: Value, meta: Meta) {
  return z
    .record(z.string(), value)
    .default({})
    .meta({ ...meta, propertyNames: { pattern: keys } });
}

const people = listOf(
  text(
    {
      description: 'A user id (U…), a user-group id (S…), or everyone: full members of the workspace.',
      examples: ['S0SRE'],
      pattern: personIdPattern,
    },
    personIdMistake,
  ),
  { description: 'Whom the rule is for.', examples: [['S0SRE', 'U0ALICE']] },
);

const channelId = text(
  { description: 'A channel id (C…).', examples: ['C0DEPLOYS'], pattern: channelIdPattern },
  channelIdMistake,
);

const channels = listOf(channelId, {
  description: 'The channels in which the rule holds; without it, every channel.',
  examples: [['C0DEPLOYS']],
});

const targets = listOf(
  text(
    {
      description:
        'What a rule is about: CLUSTER/SERVICE, CLUSTER/node:NAME, CLUSTER/container:NAME, CLUSTER/* (the cluster and all in it), CLUSTER (what touches it as a whole; in a deny all in it as well), label:KEY=VALUE (services that bear the label). * is a wildcard.',
      examples: ['prod/shop_*'],
    },
    targetPatternMistake,
  ),
  {
    description: 'What the rule is about; without it, everything.',
    examples: [['prod/shop_*', 'prod/node:*']],
  },
);

const operations = listOf(
  z.string().meta({
    description: 'An operation, with * as a wildcard: service.scale, service.*, *.ls.',
    examples: ['service.scale'],
  }),
  { description: 'Names of operations, with * as a wildcard.', examples: [['service.scale', 'node.*']] },
);

const cluster = z
  .strictObject({
    host: text(
      {
        description:
          "The engine of a manager: unix://, tcp:// or ssh://. Without it, Docker's own DOCKER_HOST.",
        examples: ['tcp://10.0.0.5:2376'],
        pattern: dockerHostPattern,
      },
      dockerHostMistake,
    ).optional(),
    certPath: text(
      {
        description: 'For tcp://: the folder that holds ca.pem, cert.pem and key.pem.',
        examples: ['/run/secrets/prod'],
        minLength: 1,
      },
      (found) => (found === '' ? 'the path is empty; expected a folder' : undefined),
    ).optional(),
  })
  .meta({
    description: 'A Swarm; {} for the one at DOCKER_HOST.',
    examples: [{ host: 'tcp://10.0.0.5:2376', certPath: '/run/secrets/prod' }],
  });

const role = z
  .strictObject({
    includes: listOf(z.string().meta({ description: 'The name of a role.', examples: ['viewer'] }), {
      description: 'Roles whose operations this one has too.',
      examples: [['viewer']],
    }).default([]),
    allow: operations.default([]),
  })
  .meta({
    description: 'What may be done.',
    examples: [{ includes: ['viewer'], allow: ['service.scale'] }],
  });

const grant = z
  .strictObject({
    role: z.string().meta({ description: 'The role that is granted.', examples: ['operator'] }),
    to: people,
    in: channels.optional(),
    on: targets.optional(),
  })
  .meta({
    description: 'Who may do it, where, to what: all of a line must hold.',
    examples: [{ role: 'operator', to: ['S0SRE'], in: ['C0DEPLOYS'], on: ['prod/shop_*'] }],
  });

const deny = z
  .strictObject({ operations, to: people.optional(), in: channels.optional(), on: targets.optional() })
  .meta({
    description: 'What is refused whatever is granted: all of a line must hold.',
    examples: [{ operations: ['service.rm'], on: ['prod/*'] }],
  });

/** shipmate.yml. The published JSON Schema is made of it, and so are the examples that mistakes are told with. */
export const configSchema = z
  .strictObject({
    clusters: mapOf(namePattern, cluster, {
      description: 'The Swarms, by the names that commands and patterns call them.',
      examples: [{ prod: { host: 'tcp://10.0.0.5:2376', certPath: '/run/secrets/prod' }, staging: {} }],
    }),
    channels: mapOf(
      channelIdPattern,
      z
        .strictObject({
          cluster: z
            .string()
            .meta({ description: 'The cluster that commands mean here.', examples: ['prod'] }),
        })
        .meta({ description: 'A channel where commands work.', examples: [{ cluster: 'prod' }] }),
      {
        description: 'Where commands work at all, by channel id, and which cluster they mean there.',
        examples: [{ C0DEPLOYS: { cluster: 'prod' } }],
      },
    ),
    roles: mapOf(namePattern, role, {
      description: 'What may be done, by the names that grants call it.',
      examples: [{ viewer: { allow: ['*.ls', '*.ps', '*.inspect'] } }],
    }),
    grants: z
      .array(grant)
      .default([])
      .meta({
        description: 'Who may do what. What no grant allows is refused.',
        examples: [[{ role: 'viewer', to: ['everyone'] }]],
      }),
    deny: z
      .array(deny)
      .default([])
      .meta({
        description: 'Wins over every grant.',
        examples: [[{ operations: ['service.rm', 'swarm.*'], on: ['prod/*'] }]],
      }),
    images: z
      .strictObject({
        allow: z
          .array(
            text(
              {
                description: 'An image reference, with * as a wildcard.',
                examples: ['registry.example.com/shop/*'],
                minLength: 1,
              },
              imagePatternMistake,
            ),
          )
          .meta({
            description: 'The images that may be deployed.',
            examples: [['registry.example.com/shop/*']],
          }),
      })
      .optional()
      .meta({
        description: 'What may be deployed at all.',
        examples: [{ allow: ['registry.example.com/shop/*'] }],
      }),
    audit: z
      .strictObject({ channel: channelId.optional() })
      .default({})
      .meta({
        description: 'channel is told when a configuration that changed is not taken.',
        examples: [{ channel: 'C0ALERTS' }],
      }),
  })
  .meta({ title: 'Shipmate', description: 'The configuration of Shipmate: shipmate.yml.' });

/** A configuration that was found right. It is a `Policy` as it stands. */
export type Config = z.infer<typeof configSchema>;
