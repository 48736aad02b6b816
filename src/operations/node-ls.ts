import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Engine, EngineFailure } from '../engine/engine.ts';
import { capitalized } from '../swarm/capitalized.ts';
import type { EngineInfo } from '../swarm/cluster.ts';
import { naturalOrder } from '../swarm/natural-order.ts';
import { nodeTarget } from '../swarm/node-target.ts';
import type { Node } from '../swarm/node.ts';
import type { Answer } from './answer.ts';
import { commandWords } from './command-words.ts';
import { filterFlag, filtersAsText } from './filter-flag.ts';
import { formatFlag } from './format-flag.ts';
import { emptyListing, hiddenNote, type ListingRow, listingFlags, showListing } from './listing.ts';
import { nodeButtons } from './node-buttons.ts';
import { read } from './operation.ts';
import { noArguments } from './reference-arguments.ts';

const words = ['node', 'ls'];

export const nodeLs = read({
  name: 'node.ls',
  words,
  shortForms: [['nodes'], ['node', 'list']],
  summary: 'List nodes, and whether they are up and take tasks',
  arguments: '',
  flags: listingFlags,
  example: 'node ls --filter role=manager',
  input: z.object({
    args: noArguments('node ls'),
    flags: z.object({
      filter: filterFlag('node ls', {
        id: 'anything',
        label: 'anything',
        membership: ['accepted', 'pending'],
        name: 'anything',
        'node.label': 'anything',
        role: ['manager', 'worker'],
      }).exactOptional(),
      quiet: z.boolean().exactOptional(),
      format: formatFlag.exactOptional(),
    }),
  }),
  targets: async () => ({ kind: 'list' }),

  async run(line, tools) {
    const { engine, signal, visible } = tools;
    const { filter = {}, ...show } = line.flags;
    const all = await engine.nodes(filter, { signal });
    const nodes = all
      .filter((node) => visible(nodeTarget(engine.cluster, node)))
      .toSorted((left, right) => naturalOrder(hostname(left), hostname(right)));
    const self = await lookAtSelf(engine, signal);
    const listing = {
      columns: ['ID', 'HOSTNAME', 'STATUS', 'AVAILABILITY', 'MANAGER STATUS', 'ENGINE VERSION'],
      rows: nodes.map((node) => row(node, self.info)),
      empty: emptyListing('node', `in ${engine.cluster}`, filtersAsText(filter)),
    };
    return [
      { kind: 'heading', text: `Nodes in ${engine.cluster}` },
      ...showListing(listing, show),
      ...self.notes,
      ...hiddenNote('node', all.length - nodes.length),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Refresh', command: commandWords(engine.cluster, words, line) },
          ...(await nodeButtons(nodes, tools)),
        ],
      },
    ];
  },
});

/** The CLI's columns. Source: docker/cli cli/command/node/formatter.go. */
function row(node: Node, info: EngineInfo | undefined): ListingRow {
  const isSelf = node.ID === info?.Swarm?.NodeID;
  const status = capitalized(node.Status.State);
  const availability = capitalized(node.Spec.Availability);
  const manager = managerStatus(node);
  const version = node.Description.Engine?.EngineVersion ?? '';
  return {
    id: node.ID,
    cells: [
      isSelf ? `${node.ID} *` : node.ID,
      { text: hostname(node), strong: true },
      status === 'Ready' ? status : { text: status, strong: true },
      availability === 'Active' ? availability : { text: availability, strong: true },
      manager === 'Unreachable' ? { text: manager, strong: true } : manager,
      version,
    ],
    json: {
      Availability: availability,
      EngineVersion: version,
      Hostname: hostname(node),
      ID: node.ID,
      ManagerStatus: manager,
      Self: isSelf,
      Status: status,
      TLSStatus: tlsStatus(node, info),
    },
  };
}

function hostname({ Description }: Node): string {
  return Description.Hostname ?? '';
}

function managerStatus({ ManagerStatus }: Node): string {
  if (!ManagerStatus) return '';
  return ManagerStatus.Leader === true ? 'Leader' : capitalized(ManagerStatus.Reachability ?? '');
}

function tlsStatus({ Description }: Node, info: EngineInfo | undefined): string {
  const expected = info?.Swarm?.Cluster?.['TLSInfo'];
  if (!expected || !Description.TLSInfo) return 'Unknown';
  return isDeepStrictEqual(expected, Description.TLSInfo) ? 'Ready' : 'Needs Rotation';
}

/** Which node answers is small print, so a refusal becomes a note. */
async function lookAtSelf(
  engine: Engine,
  signal: AbortSignal,
): Promise<{ readonly info: EngineInfo | undefined; readonly notes: Answer }> {
  try {
    return { info: await engine.info({ signal }), notes: [] };
  } catch (error) {
    if (!(error instanceof EngineFailure) || signal.aborted) throw error;
    const text = `Which of them Shipmate talks to (*) could not be read: ${error.message}`;
    return { info: undefined, notes: [{ kind: 'note', text: [text] }] };
  }
}
