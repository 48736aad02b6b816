import type { Step } from './page/protocol.ts';

/** The first five minutes with the sample shop. */
export const tour: readonly Step[] = [
  {
    title: 'List the services',
    text: 'Docker’s own commands, after one slash command. The answer is for you alone.',
    command: '/swarm ls',
    done: '^/swarm (docker )?(service )?ls',
  },
  {
    title: 'Scale one',
    text: 'A change is told in the channel, in one message that is edited until the Swarm has converged. (Nobody has to approve it: that comes with a later version, and Carol does until then what Bob does.)',
    command: '/swarm scale shop_web=6',
    done: '^/swarm (docker )?(service )?scale .',
  },
  {
    title: 'Deploy a new version',
    text: 'The image is pinned to its digest, and the update is followed to its true end.',
    command: '/swarm deploy shop_web registry.example/shop/web:1.5.0',
    done: '^/swarm (docker )?(service update|deploy) (?!.*crash)',
  },
  {
    title: 'Break something',
    text: 'Deploy an image that crashes: it is told as the failure that it is, with a way back. Or set off a scenario.',
    command: '/swarm deploy shop_api registry.example/app:crash',
    done: '^/swarm .*crash',
  },
  {
    title: 'Look at the logs',
    text: 'Across all nodes, in the order of time, with secrets masked.',
    command: '/swarm logs shop_web',
    done: '^/swarm (docker )?(service )?logs .|^logs',
  },
];
