/** A simulated fleet in a process of its own, so that what it costs isn't ours: `fleet-process.ts SERVICES TASKS NODES`. */
import { fleet } from '../../src/sandbox/swarm/fleet.ts';
import { startSwarm } from '../../src/sandbox/swarm/swarm.ts';

const [services = 1, tasks = 1, nodes = 1] = process.argv.slice(2).map(Number);
const swarm = await startSwarm(fleet({ services, tasks, nodes }));
process.stdout.write(`${swarm.dockerHost}\n`);
