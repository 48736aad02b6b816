import { describe, expect, it } from 'vitest';
import { taskError } from '../../../src/swarm/task-error.ts';
import { task } from './snapshots.ts';

describe('taskError', () => {
  const cases: readonly [string, string][] = [
    ['failed: task: non-zero exit (1)', 'exit code 1'],
    ['failed: task: non-zero exit (3): starting hook failed', 'exit code 3: starting hook failed'],
    ['failed: task: non-zero exit (127)', 'exit code 127: its command isn’t in the image'],
    ['failed: task: non-zero exit (137)', 'exit code 137: killed (SIGKILL), possibly out of memory'],
    ['failed: task: non-zero exit (137): dockerexec: unhealthy container', 'its health check failed'],
    ['rejected: No such image: shop/web:9', 'its image can’t be found, or the registry is unreachable'],
    ['complete', 'exit code 0: it ended by itself'],
    ['running', ''],
    ['failed: something nobody has seen yet', 'something nobody has seen yet'],
    ['pending: no suitable node', 'there is no node that could run it'],
    [
      'pending: no suitable node (insufficient resources on 1 node; 2 nodes not available for new tasks)',
      'too little CPU or memory is free on 1 node; 2 nodes can’t take new tasks (down, paused or drained)',
    ],
    [
      'pending: no suitable node (scheduling constraints not satisfied on 3 nodes)',
      'its constraints rule out 3 nodes',
    ],
    [
      'pending: no suitable node (max replicas per node limit exceed)',
      'no node may run more of it (max replicas per node is reached)',
    ],
    [
      'pending: no suitable node (host-mode port already in use on 3 nodes)',
      'its host-mode port is in use on 3 nodes',
    ],
    [
      'pending: no suitable node (unsupported platform on 3 nodes)',
      'its image is for another platform than that of 3 nodes',
    ],
    ['pending: no suitable node (missing plugin on 1 node)', 'a plugin that it needs is missing on 1 node'],
    ['pending: insufficient resources on 1 node', 'too little CPU or memory is free on 1 node'],
    ['pending: no suitable node (too windy on 3 nodes)', 'too windy on 3 nodes'],
  ];
  it.for(cases)('says of %s: %s', ([words, said]) => {
    expect(taskError(task('a', 1, words))).toBe(said);
  });
});
