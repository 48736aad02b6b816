import { z } from 'zod';
import { type Engine, EngineFailure } from '../engine/engine.ts';
import { naturalOrder } from '../swarm/natural-order.ts';
import { portsColumn } from '../swarm/ports-column.ts';
import { replicasColumn } from '../swarm/replicas-column.ts';
import { isDown, type LostTasks, runningOnDownNodes } from '../swarm/running-on-down-nodes.ts';
import { serviceMode } from '../swarm/service-mode.ts';
import { serviceTarget } from '../swarm/service-target.ts';
import type { Service } from '../swarm/service.ts';
import { shortId } from '../swarm/short-id.ts';
import { shortImage } from '../swarm/short-image.ts';
import type { Answer } from './answer.ts';
import { commandWords } from './command-words.ts';
import { filterFlag, filtersAsText } from './filter-flag.ts';
import { formatFlag } from './format-flag.ts';
import { emptyListing, hiddenNote, type ListingRow, listingFlags, showListing } from './listing.ts';
import { read } from './operation.ts';
import { noArguments } from './reference-arguments.ts';

const words = ['service', 'ls'];

export const serviceLs = read({
  name: 'service.ls',
  words,
  shortForms: [['ls'], ['service', 'list']],
  summary: 'List services, and how many of their tasks run',
  arguments: '',
  flags: listingFlags,
  example: 'service ls --filter name=web',
  input: z.object({
    args: noArguments('service ls'),
    flags: z.object({
      filter: filterFlag('service ls', {
        id: 'anything',
        label: 'anything',
        mode: ['replicated', 'global', 'replicated-job', 'global-job'],
        name: 'anything',
      }).exactOptional(),
      quiet: z.boolean().exactOptional(),
      format: formatFlag.exactOptional(),
    }),
  }),
  targets: async () => ({ kind: 'list' }),

  async run(line, { engine, signal, visible }) {
    const { filter = {}, ...show } = line.flags;
    const all = await engine.services(filter, { signal });
    const services = all
      .filter((service) => visible(serviceTarget(engine.cluster, service)))
      .toSorted((left, right) => naturalOrder(left.Spec.Name, right.Spec.Name));
    const lost = await lookForLostTasks(engine, services, signal);
    const listing = {
      columns: ['ID', 'NAME', 'MODE', 'REPLICAS', 'IMAGE', 'PORTS'],
      rows: services.map((service) => row(service, lost.tasks.get(service.ID))),
      empty: emptyListing('service', `in ${engine.cluster}`, filtersAsText(filter)),
    };
    return [
      { kind: 'heading', text: `Services in ${engine.cluster}` },
      ...showListing(listing, show),
      ...lost.notes,
      ...hiddenNote('service', all.length - services.length),
      {
        kind: 'buttons',
        buttons: [{ label: 'Refresh', command: commandWords(engine.cluster, words, line) }],
      },
    ];
  },
});

function row(service: Service, lost: LostTasks | undefined): ListingRow {
  const id = shortId(service.ID);
  const mode = serviceMode(service.Spec);
  const replicas = replicasColumn(service);
  const image = shortImage(service.Spec.TaskTemplate.ContainerSpec?.Image ?? '');
  const ports = portsColumn(service.Endpoint?.Ports ?? []);
  return {
    id,
    cells: [
      id,
      { text: service.Spec.Name, strong: true },
      mode,
      lost === undefined ? replicas : { text: `${replicas} ${lostMark(lost)}`, strong: true },
      image,
      ports,
    ],
    json: {
      ID: id,
      Image: image,
      Mode: mode,
      Name: service.Spec.Name,
      Ports: ports,
      Replicas: replicas,
    },
  };
}

function lostMark({ tasks, nodes }: LostTasks): string {
  return `⚠ ${tasks} on down node${nodes.length === 1 ? '' : 's'}`;
}

interface LostTasksFound {
  readonly tasks: ReadonlyMap<string, LostTasks>;
  readonly notes: Answer;
}

/** The list is worth showing without this, so a refusal becomes a note. */
async function lookForLostTasks(
  engine: Engine,
  services: readonly Service[],
  signal: AbortSignal,
): Promise<LostTasksFound> {
  try {
    const nodes = await engine.nodes({}, { signal });
    const down = nodes.filter(isDown);
    if (services.length === 0 || down.length === 0) return { tasks: new Map(), notes: [] };
    const tasks = await engine.tasks({ node: down.map(({ ID }) => ID) }, { signal });
    const lost = runningOnDownNodes(services, tasks, nodes);
    return { tasks: lost, notes: services.flatMap((service) => lostNote(service, lost.get(service.ID))) };
  } catch (error) {
    if (!(error instanceof EngineFailure) || signal.aborted) throw error;
    const text = `REPLICAS may count tasks on nodes that are down; that could not be checked: ${error.message}`;
    return { tasks: new Map(), notes: [{ kind: 'note', text: [text] }] };
  }
}

function lostNote({ Spec }: Service, lost: LostTasks | undefined): Answer {
  if (lost === undefined) return [];
  const [node, ...others] = lost.nodes;
  const where = others.length === 0 ? `${node} is down` : `${lost.nodes.join(', ')} are down`;
  const counted = lost.tasks === 1 ? '1 task that was' : `${lost.tasks} tasks that were`;
  return [
    {
      kind: 'note',
      text: [`⚠ ${Spec.Name}: ${where}; REPLICAS still counts ${counted} last heard of there as running.`],
    },
  ];
}
