import { z } from 'zod';
import shipmate from '../../package.json' with { type: 'json' };
import type { EngineVersion } from '../swarm/cluster.ts';
import type { Fact } from './answer.ts';
import { factOf, presentFacts } from './facts.ts';
import { read } from './operation.ts';
import { noArguments } from './reference-arguments.ts';

export const version = read({
  name: 'version',
  words: ['version'],
  shortForms: [],
  summary: 'Show the versions of Shipmate and of the engine it talks to',
  arguments: '',
  flags: {},
  example: 'version',
  input: z.object({ args: noArguments('version') }),
  targets: async (_, { engine }) => ({
    kind: 'some',
    targets: [{ kind: 'cluster', cluster: engine.cluster }],
  }),

  async run(_, { engine, signal }) {
    const server = await engine.version({ signal });
    return [
      { kind: 'heading', text: `Versions in ${engine.cluster}` },
      {
        kind: 'facts',
        facts: [
          ...presentFacts([factOf('Shipmate', shipmate.version), ...serverFacts(server)]),
          ...componentFacts(server),
        ],
      },
    ];
  },
});

function serverFacts(server: EngineVersion): readonly (Fact | undefined)[] {
  const oldest = server.MinAPIVersion ? ` (oldest spoken: ${server.MinAPIVersion})` : '';
  return [
    factOf('Engine', server.Version),
    factOf('Distribution', server.Platform?.Name),
    factOf('Newest API', `${server.ApiVersion}${oldest}`),
    factOf('OS/Arch', [server.Os, server.Arch].filter(Boolean).join('/')),
    factOf('Kernel', server.KernelVersion),
    factOf('Go', server.GoVersion),
    factOf('Git commit', server.GitCommit),
    factOf('Built', server.BuildTime),
  ];
}

/** The engine lists itself first. */
function componentFacts({ Components }: EngineVersion): readonly Fact[] {
  return (Components ?? [])
    .filter(({ Name }) => Name !== 'Engine')
    .map(({ Name, Version }) => ({ label: Name, value: [Version || 'unknown'] }));
}
