import { z } from 'zod';
import type { EngineInfo } from '../swarm/cluster.ts';
import { humanSize } from '../swarm/human-size.ts';
import { maskText } from '../swarm/masking.ts';
import type { Answer, Fact } from './answer.ts';
import { factOf, presentFacts } from './facts.ts';
import { read } from './operation.ts';
import { noArguments } from './reference-arguments.ts';

export const info = read({
  name: 'info',
  words: ['info'],
  shortForms: [['system', 'info']],
  summary: 'Show the engine that Shipmate talks to, and its Swarm',
  arguments: '',
  flags: {},
  example: 'info',
  input: z.object({ args: noArguments('info') }),
  targets: async (_, { engine }) => ({
    kind: 'some',
    targets: [{ kind: 'cluster', cluster: engine.cluster }],
  }),

  async run(_, { engine, signal }): Promise<Answer> {
    const found = await engine.info({ signal });
    return [
      { kind: 'heading', text: `Engine of ${engine.cluster}` },
      { kind: 'facts', facts: presentFacts([...engineFacts(found), ...swarmFacts(found)]) },
      ...(found.Warnings ?? []).map((warning) => ({ kind: 'note', text: [warning] }) as const),
    ];
  },
});

function engineFacts(found: EngineInfo): readonly (Fact | undefined)[] {
  const stopped = `${found.ContainersPaused ?? 0} paused, ${found.ContainersStopped ?? 0} stopped`;
  return [
    factOf('Name', found.Name),
    factOf('Server version', found.ServerVersion),
    factOf('Operating system', found.OperatingSystem),
    factOf('Kernel', found.KernelVersion),
    factOf('OS/Arch', [found.OSType, found.Architecture].filter(Boolean).join('/')),
    factOf('CPUs', found.NCPU),
    factOf('Memory', typeof found.MemTotal === 'number' ? humanSize(found.MemTotal) : undefined),
    factOf(
      'Containers',
      typeof found.Containers === 'number'
        ? `${found.Containers} (${found.ContainersRunning ?? 0} running, ${stopped})`
        : undefined,
    ),
    factOf('Images', found.Images),
    factOf('Storage driver', found.Driver),
    factOf('Logging driver', found.LoggingDriver),
    factOf('Engine labels', found.Labels?.map(maskText).join(', ')),
  ];
}

function swarmFacts({ Swarm }: EngineInfo): readonly (Fact | undefined)[] {
  const state = Swarm?.LocalNodeState ?? 'inactive';
  if (state === 'inactive') return [factOf('Swarm', state)];
  return [
    factOf('Swarm', state),
    factOf('Swarm error', Swarm?.Error),
    factOf('Node id', Swarm?.NodeID),
    factOf('Node address', Swarm?.NodeAddr),
    factOf('Is manager', Swarm?.ControlAvailable === true ? 'yes' : 'no'),
    factOf('Cluster id', Swarm?.Cluster?.ID),
    factOf('Managers', Swarm?.Managers),
    factOf('Nodes', Swarm?.Nodes),
  ];
}
