import { expect, it } from 'vitest';
import { describeSwarm } from '../lab/describe-swarm.ts';

describeSwarm('the Swarm lab', (lab) => {
  it('has three ready nodes, runs a service on them, and shows a stopped one as down', async () => {
    await using service = await lab.createService('--mode', 'global', lab.image('1'));
    await expect
      .poll(() => lab.docker('service', 'ls', '--filter', `id=${service.id}`, '--format', '{{.Replicas}}'), {
        timeout: 60_000,
      })
      .toBe('3/3');

    const statuses = () => lab.docker('node', 'ls', '--format', '{{.Hostname}} {{.Status}}');
    await lab.stop(3);
    try {
      await expect.poll(statuses, { timeout: 30_000 }).toContain('node3 Down');
    } finally {
      await lab.start(3);
    }
    await expect.poll(statuses, { timeout: 30_000 }).toBe('node1 Ready\nnode2 Ready\nnode3 Ready');
  });
});
