import { z } from 'zod';
import { availabilities, type NodeChange } from '../swarm/node-change.ts';
import type { Flags } from './command-line.ts';

export interface NodeUpdate {
  /** A node's name, id, the beginning of its id, or `self`. */
  readonly reference: string;
  readonly change: NodeChange;
}

export const nodeUpdateFlags = {
  availability: {
    type: 'string',
    value: 'string',
    summary: 'active: it takes tasks; pause: no new ones; drain: none, and those there leave it',
  },
  'label-add': { type: 'list', value: 'list', summary: 'Add a label, or change one (key=value)' },
  'label-rm': { type: 'list', value: 'list', summary: 'Remove a label (key)' },
  role: { type: 'string', value: 'string', summary: 'Not done here: it is promoting or demoting a node' },
} as const satisfies Flags;

/** Source of the rules for labels: docker/cli v28 opts/opts.go, ValidateLabel. */
const labelToAdd = z.string().transform((text, context): readonly [string, string] => {
  const at = text.indexOf('=');
  const [key, value] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  if (key === '' || /\s/.test(key)) {
    context.addIssue({
      code: 'custom',
      message: `--label-add takes KEY=VALUE, and a key has no spaces; expected something like zone=east.`,
    });
    return z.NEVER;
  }
  return [key, value];
});

export const nodeUpdateInput = z
  .object({
    args: z.array(z.string()).readonly(),
    flags: z.object({
      availability: z
        .string()
        .transform((text) => text.toLowerCase())
        .pipe(
          z.enum(availabilities, {
            error: ({ input }) =>
              `--availability is active, pause or drain, not "${String(input).slice(0, 40).toWellFormed()}".`,
          }),
        )
        .exactOptional(),
      'label-add': z.array(labelToAdd).readonly().exactOptional(),
      'label-rm': z.array(z.string()).readonly().exactOptional(),
      role: z
        .never('Shipmate doesn’t promote or demote nodes: use docker node promote or demote.')
        .exactOptional(),
    }),
  })
  .transform(({ args, flags }, context): NodeUpdate => {
    const [reference = '', ...others] = args;
    const asked = Object.keys(flags).length > 0;
    if (reference.trim() === '' || others.length > 0) {
      context.addIssue({
        code: 'custom',
        message:
          args.length === 1 ? 'An empty text is no node.' : `node update takes one node, not ${args.length}.`,
      });
    }
    if (!asked) {
      context.addIssue({
        code: 'custom',
        message: 'node update needs to know what to change: --availability, --label-add or --label-rm.',
      });
    }
    return {
      reference,
      change: {
        availability: flags.availability,
        labelsToAdd: new Map(flags['label-add']),
        labelsToRemove: flags['label-rm'] ?? [],
      },
    };
  });
