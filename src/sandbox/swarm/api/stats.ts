import { stateOf } from '../containers.ts';
import { fixedMoment } from '../moment.ts';
import type { World } from '../world.ts';

/** Cores that an idle, ticking container takes, and bytes that it holds. */
const load = { cores: 0.0013, memory: 487_424 };

/** A container's use of its node, as JSON: counters since its start, as the engine gives them. */
export function statsOf(world: World, id: string, isOneShot: boolean): string {
  const container = world.containers.get(id);
  const node = world.nodes.get(container?.nodeId ?? '');
  const now = world.clock.now();
  const isRunning = container !== undefined && stateOf(container) === 'running';
  const started = container?.started ?? now;
  const cpus = (node?.Resources.NanoCPUs ?? 1e9) / 1e9;
  const use = (at: number) => Math.max(0, Math.round((at - started) * load.cores * 1e6));
  const cpu = (at: number) => ({
    cpu_usage: { total_usage: use(at), usage_in_kernelmode: 0, usage_in_usermode: use(at) },
    system_cpu_usage: Math.round((at - world.createdAt + 1e6) * cpus * 1e6),
    online_cpus: cpus,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  });
  const seconds = Math.floor((now - started) / 1000);
  const noCpu = {
    cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  };
  const limit = container?.spec && (node?.Resources.MemoryBytes ?? 0);
  return JSON.stringify({
    name: `/${container?.name ?? ''}`,
    id,
    read: isRunning ? fixedMoment(now) : '0001-01-01T00:00:00Z',
    preread: isRunning && !isOneShot ? fixedMoment(now - 1000) : '0001-01-01T00:00:00Z',
    pids_stats: isRunning ? { current: 2 } : {},
    blkio_stats: { io_service_bytes_recursive: isRunning ? [] : null },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: isRunning ? cpu(now) : noCpu,
    precpu_stats: isRunning && !isOneShot ? cpu(now - 1000) : noCpu,
    memory_stats: isRunning ? { usage: load.memory, max_usage: load.memory, stats: { cache: 0 }, limit } : {},
    ...(isRunning && {
      networks: {
        eth0: {
          rx_bytes: 1296 + seconds * 10,
          rx_packets: 14,
          rx_errors: 0,
          rx_dropped: 0,
          tx_bytes: 126,
          tx_packets: 3,
          tx_errors: 0,
          tx_dropped: 0,
        },
      },
    }),
  });
}
