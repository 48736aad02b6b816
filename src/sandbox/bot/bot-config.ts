import { stringify } from 'yaml';
import { commandChannels } from '../sample-workspace.ts';

/** A configuration for the bot: everybody looks, operators (alice, in the group sre) change. */
export function botConfig(): string {
  const clusters = Object.values(commandChannels);
  const config = {
    clusters: Object.fromEntries(clusters.map((cluster) => [cluster, {}])),
    channels: Object.fromEntries(Object.entries(commandChannels).map(([id, cluster]) => [id, { cluster }])),
    roles: {
      viewer: { allow: ['*.ls', '*.ps', '*.inspect', 'service.logs', 'info', 'version', 'audit'] },
      operator: {
        includes: ['viewer'],
        allow: ['service.scale', 'service.update', 'service.rollback', 'node.update'],
      },
    },
    grants: [
      { role: 'viewer', to: ['everyone'] },
      { role: 'operator', to: ['S0SRE'] },
    ],
  };
  return `# Written by npm run sandbox at every start.\n${stringify(config)}`;
}
