import { expect } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import type { Lab, LabService } from '../lab/swarm-lab.ts';

/** Options of `docker service create` that set all that a spec can hold, but what has to be made first and endpoints. */
export const everyOption: readonly string[] = (
  '--replicas 2 --label a.b=c --label empty= --container-label k=v --constraint node.role==manager ' +
  '--placement-pref spread=node.labels.zone --replicas-max-per-node 9 --env A=1 --env B=x=y --env EMPTY= ' +
  '--hostname {{.Node.Hostname}}-{{.Task.Slot}} --user 0:0 --workdir /tmp --group 5 --init --read-only --tty ' +
  '--cap-add NET_ADMIN --cap-drop MKNOD --sysctl net.ipv4.ip_default_ttl=65 --ulimit nofile=1000:2000 --dns 10.9.9.9 ' +
  '--dns-option ndots:2 --dns-search example.com --host a.example:10.0.0.9 --stop-signal SIGTERM --stop-grace-period 90s ' +
  '--health-cmd true --health-interval 7s --health-retries 4 --health-start-period 3s --health-timeout 2s ' +
  '--limit-cpu 0.5 --limit-memory 64m --limit-pids 90 --reserve-cpu 0.01 --reserve-memory 8m ' +
  '--mount type=tmpfs,target=/scratch,tmpfs-size=1m,tmpfs-mode=1770 --mount type=bind,source=/etc/hostname,target=/h,readonly ' +
  '--mount type=volume,source=v1,target=/v,volume-label=x=y,volume-nocopy --log-driver json-file --log-opt max-size=1m ' +
  '--restart-condition on-failure --restart-delay 7s --restart-max-attempts 3 --restart-window 2m ' +
  '--update-delay 3s --update-failure-action rollback --update-max-failure-ratio 0.25 --update-monitor 2s ' +
  '--update-order start-first --update-parallelism 2 --rollback-delay 1s --rollback-failure-action continue ' +
  '--rollback-max-failure-ratio 0.5 --rollback-monitor 8s --rollback-order stop-first --rollback-parallelism 3'
).split(' ');

/** Networks, a secret and a config, as options of `docker service create`; disposing of them waits for their services. */
export async function attachments(
  lab: Lab,
): Promise<AsyncDisposable & { readonly options: readonly string[] }> {
  const suffix = lab.net.replaceAll('.', '-');
  const [one, two, secret, settings] = [
    `one-${suffix}`,
    `two-${suffix}`,
    `secret-${suffix}`,
    `settings-${suffix}`,
  ];
  await lab.docker('network', 'create', '--driver', 'overlay', '--attachable', one);
  await lab.docker('network', 'create', '--driver', 'overlay', two);
  await lab.docker('secret', 'create', secret, '/etc/hostname');
  await lab.docker('config', 'create', settings, '/etc/hostname');
  const options =
    `--network name=${one},alias=api,driver-opt=a=b --network name=${two},alias=b,alias=c ` +
    `--secret source=${secret},target=s,uid=7,mode=0400 --config source=${settings},target=/c,gid=8`;
  return {
    options: options.split(' '),
    async [Symbol.asyncDispose]() {
      await removed(lab, 'network', one);
      await removed(lab, 'network', two);
      await removed(lab, 'secret', secret);
      await removed(lab, 'config', settings);
    },
  };
}

/** What a service used can be removed only when the service's tasks are gone. */
export async function removed(lab: Lab, kind: 'network' | 'secret' | 'config', name: string): Promise<void> {
  await expect
    .poll(() => lab.docker(kind, 'rm', name).catch(String), { timeout: 60_000, interval: 500 })
    .toBe(name);
}

/** As the API has it: no defaults filled in. An environment has no order: the CLI's own is by chance. */
export async function specOf(engine: Engine, { id }: LabService): Promise<Record<string, unknown>> {
  const spec = structuredClone((await engine.service(id)).Spec);
  spec.TaskTemplate.ContainerSpec?.Env?.sort();
  return spec;
}
