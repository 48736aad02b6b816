import type { Step } from './page/protocol.ts';

/** The first five minutes. The services are those of the sample shop. */
export const tour: readonly Step[] = [
  {
    title: 'List the services',
    text: 'Docker’s own commands, after one slash command. The answer is for you alone.',
    command: '/swarm ls',
    done: '^/swarm (docker )?(service )?ls',
  },
  {
    title: 'Scale one',
    text: 'A change is told in the channel, in one message that is edited until the Swarm has converged.',
    command: '/swarm scale web=3',
    done: '^/swarm (docker )?(service )?scale .',
  },
  {
    title: 'Deploy a new version',
    text: 'The image is pinned to its digest, and the update is followed to its true end.',
    command: '/swarm deploy web app:2',
    done: '^/swarm (docker )?(service update|deploy) .*',
  },
  {
    title: 'Break something',
    text: 'Deploy a version that crashes. It is told as the failure that it is, with a way back.',
    command: '/swarm deploy web app:crash',
    done: '^/swarm .*crash',
  },
  {
    title: 'Look at the logs',
    text: 'Across all nodes, in the order of time, with secrets masked.',
    command: '/swarm logs web',
    done: '^/swarm (docker )?(service )?logs .|^logs',
  },
];
