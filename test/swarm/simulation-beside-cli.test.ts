import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSwarm, type Swarm } from '../../src/sandbox/swarm/swarm.ts';
import { describeSwarmOn } from '../lab/describe-swarm.ts';
import { type Lab, startLab } from '../lab/swarm-lab.ts';

/** A state that both are brought to, and what is then asked of both. */
interface Scene {
  readonly name: string;
  /** As they would be typed after `docker`; NAME is the scene's own, IMAGE the repository. */
  readonly setup: readonly string[];
  readonly asked: readonly string[];
  readonly cleanup?: readonly string[];
}

/** Milliseconds for both to come to the same. */
const patience = 20_000;

/** The simulated engines are as 28.5: what 20.10 has other fields, another order or more log drivers in. */
const askedOfTheNewest = ['inspect CONTAINER', 'node inspect node2', 'node inspect self --pretty'];

/** Tasks that may be on any node are on another one each time, in another order. */
const here = '--constraint node.hostname==node1';

const scenes: readonly Scene[] = [
  {
    name: 'a service with options',
    setup: [
      `service create -d --name NAME --replicas 2 ${here} -l tier=front --container-label c=d -e A=1 --hostname h
       --limit-memory 64M --reserve-cpu 0.1 --update-parallelism 2 --update-failure-action rollback --rollback-delay 1s
       --health-cmd true --health-interval 1s --mount type=volume,source=data,target=/data --stop-grace-period 3s
       --placement-pref spread=node.labels.rack --restart-condition on-failure --restart-max-attempts 3 IMAGE:1`,
    ],
    asked: [
      'service ls --filter name=NAME',
      'service ls --filter name=NAME --format {{json .}}',
      'service ps NAME',
      'service ps NAME --no-trunc',
      'service ps NAME --filter desired-state=shutdown',
      'service ps NAME -q',
      'service inspect NAME',
      'service inspect --pretty NAME',
      'inspect NAME',
      'service update --replicas-max-per-node x NAME',
      'service scale NAME=x',
      'service rollback NAME',
      'service create --name NAME IMAGE:1',
      'service rm NAME nosuch-NAME',
    ],
    cleanup: [],
  },
  {
    name: 'a published port',
    setup: [`service create -d --name NAME ${here} -p 8080:80 -p mode=host,published=9000,target=90 IMAGE:1`],
    asked: [
      'service ls --filter name=NAME',
      'service ps NAME',
      'service inspect NAME',
      'service inspect --pretty NAME',
      'ps --filter name=NAME',
      'ps --filter name=NAME --no-trunc',
      'service create --name other-NAME -p 8080:81 IMAGE:1',
    ],
  },
  {
    name: 'tasks that fail',
    setup: [
      `service create -d --name NAME-crash ${here} --restart-condition none IMAGE:crash`,
      `service create -d --name NAME-slow ${here} --restart-condition none IMAGE:slow`,
      `service create -d --name NAME-gone ${here} --restart-condition none IMAGE:99`,
    ],
    asked: [
      'service ps NAME-crash --no-trunc',
      'service ps NAME-slow --no-trunc',
      'service ps NAME-gone --no-trunc',
      'service ps NAME-gone',
      'service logs NAME-crash',
      'service logs NAME-crash --no-trunc --timestamps',
      'service logs NAME-crash --details --no-resolve',
      'service logs NAME-gone',
      'ps -a --filter name=NAME-crash',
      'service ls --filter name=NAME',
    ],
    cleanup: ['service rm NAME-crash NAME-slow NAME-gone'],
  },
  {
    name: 'tasks that have no place',
    setup: [
      'service create -d --name NAME-where --constraint node.labels.nowhere==true IMAGE:1',
      'service create -d --name NAME-big --reserve-memory 1000G IMAGE:1',
      `service create --quiet --name NAME-two ${here} --replicas-max-per-node 1 IMAGE:1`,
      'service scale -d NAME-two=2',
    ],
    asked: [
      'service ps NAME-where --no-trunc',
      'service ps NAME-big --no-trunc',
      'service ps NAME-two --no-trunc --filter desired-state=running',
      'service ls --filter name=NAME',
    ],
    cleanup: ['service rm NAME-where NAME-big NAME-two'],
  },
  {
    name: 'jobs',
    setup: [
      `service create -d --name NAME-two --mode replicated-job --replicas 2 --max-concurrent 1 ${here} IMAGE:1 sh -c 'echo hi; sleep 1'`,
      `service create -d --name NAME-all --mode global-job ${here} IMAGE:1 true`,
    ],
    asked: [
      'service ls --filter name=NAME',
      'service ps NAME-two',
      'service ps NAME-all',
      'service inspect NAME-two',
      'service inspect --pretty NAME-two',
      'service logs NAME-two --raw',
      'service scale -d NAME-two=3',
      'service update -d NAME-two --image nosuch',
    ],
    cleanup: ['service rm NAME-two NAME-all'],
  },
  {
    name: 'an update and a rollback',
    setup: [
      `service create --quiet --name NAME ${here} IMAGE:1`,
      'service update --quiet --update-monitor 1s --rollback-monitor 1s --image IMAGE:2 --env-add B=2 NAME',
    ],
    asked: [
      'service ps NAME',
      'service inspect NAME',
      'service inspect --pretty NAME',
      'service rollback --quiet NAME',
      'service ps NAME',
      'service inspect --pretty NAME',
      'service scale -d NAME=0',
      'service ls --filter name=NAME',
      'service update --image IMAGE:99 -d NAME',
    ],
  },
  {
    name: 'an update that fails',
    setup: [
      `service create --quiet --name NAME ${here} --restart-condition none IMAGE:1`,
      'service update -d --update-monitor 30s --image IMAGE:crash NAME',
    ],
    asked: ['service inspect --pretty NAME', 'service ps NAME', 'service ls --filter name=NAME'],
  },
  {
    name: 'an update that rolls back by itself',
    setup: [
      `service create --quiet --name NAME ${here} IMAGE:1`,
      'service update -d --update-monitor 30s --rollback-monitor 1s --update-failure-action rollback --image IMAGE:crash NAME',
    ],
    asked: [
      'service inspect --pretty NAME',
      'service inspect NAME',
      'service ls --filter name=NAME',
      'service rollback NAME',
    ],
  },
  {
    name: 'containers',
    setup: [`service create -d --name NAME ${here} -p mode=host,published=9001,target=80 IMAGE:1`],
    asked: [
      'ps --filter name=NAME',
      'ps -a --filter name=NAME --format {{json .}}',
      'inspect CONTAINER',
      'logs --tail 0 CONTAINER',
      'stats --no-stream CONTAINER',
      'logs nosuch',
      'stats --no-stream nosuch',
      'inspect nosuch',
    ],
  },
  {
    name: 'nodes',
    setup: [],
    asked: [
      'node ls',
      'node ls --filter role=worker',
      "node ls --format '{{.Hostname}} {{.Availability}} {{.TLSStatus}}'",
      'node inspect node2',
      'node inspect self --pretty',
      'node update --availability nowhere node2',
      'node update --label-add rack=a node2',
      "node inspect node2 --format '{{json .Spec}}'",
      'node update --label-rm rack node2',
      'node update --availability drain node2',
      'node ls',
      'node update --availability active node2',
      'node promote node1',
      'node demote node2',
      'node demote node1',
      'node rm node1',
      'node rm node3',
      'node ps nosuch',
    ],
    cleanup: [],
  },
  {
    name: 'a drained node',
    setup: [
      'service create --quiet --name NAME --mode global --constraint node.role==worker IMAGE:1',
      'node update --availability drain node2',
    ],
    asked: ['service ls --filter name=NAME', 'node ps node2', 'node ls'],
    cleanup: ['node update --availability active node2', 'service rm NAME'],
  },
  {
    name: 'events',
    setup: [
      `service create -d --name NAME ${here} IMAGE:1`,
      'service update -d --label-add a=b NAME',
      'service scale -d NAME=2',
      'node update --availability pause node3',
      'node update --availability active node3',
      'service rm NAME',
    ],
    asked: [
      'events --since 30s --until 0s --filter service=NAME --filter type=service',
      'events --since 30s --until 0s --filter service=NAME --filter event=create',
      'events --since 30s --until 0s --filter service=NAME --filter type=service --format {{json .}}',
      'events --since 2s --until 0s --filter node=node3 --filter event=remove',
    ],
    cleanup: [],
  },
  {
    name: 'networks, secrets and configs',
    setup: [
      'network create -d overlay NAME',
      'secret create NAME /etc/hostname',
      'config create NAME /etc/hostname',
      `service create -d --name NAME ${here} --network NAME --secret NAME --config NAME IMAGE:1`,
    ],
    asked: [
      'service ps NAME',
      'service inspect --pretty NAME',
      'network ls --filter name=NAME',
      'secret ls --filter name=NAME',
      'config ls --filter name=NAME',
      'secret inspect NAME',
      'secret rm NAME',
      'network create -d overlay NAME',
      'service create --name other-NAME --network nosuch IMAGE:1',
    ],
    cleanup: ['service rm NAME', 'secret rm NAME', 'config rm NAME'],
  },
];

describeSwarmOn('28', 'the docker CLI on the simulated Swarm', (lab) => {
  let swarm: Swarm;
  const docker = (...words: readonly string[]) => runDocker(lab, swarm, words);

  beforeAll(async () => {
    swarm = await startSwarm(await likeTheLab(lab));
    return () => swarm[Symbol.asyncDispose]();
  });

  describe.for(scenes)('says of $name', ({ setup, asked, cleanup = ['service rm NAME'] }) => {
    const name = `t${randomBytes(5).toString('hex')}`;
    const words = (line: string) => wordsOf(line.replaceAll('NAME', name).replaceAll('IMAGE', imagesOf(lab)));

    beforeAll(async () => {
      for (const line of setup) {
        const { real, simulated } = await docker(...words(line));
        if (/exit [1-9]/.test(real + simulated)) throw new Error(`${line}: ${real} ${simulated}`);
      }
    });

    afterAll(async () => {
      for (const line of cleanup) await docker(...words(line));
    });

    const isSame = (line: string) => lab.engine === '28' || !askedOfTheNewest.includes(line);
    it.for(asked.filter(isSame))('what it says of a real one: %s', { timeout: 60_000 }, async (line) => {
      let said = await docker(...words(line));
      // Whatever is under way in both comes to the same end.
      const deadline = Date.now() + (isChange(line) ? 0 : patience);
      while (said.real !== said.simulated && Date.now() < deadline) said = await docker(...words(line));
      expect(said.simulated).toBe(said.real);
    });
  });
});

describeSwarmOn('28', 'the docker CLI on a simulated Swarm of its own', ({ engine }) => {
  it('makes a worker a manager, and a manager a worker, as on a real one', async () => {
    await using lab = await startLab({ engine, nodes: 2 });
    await using swarm = await startSwarm({ ...(await likeTheLab(lab)), nodes: 2 });
    const ask = (line: string) => runDocker(lab, swarm, wordsOf(line));
    const roles = async () => {
      const { real, simulated } = await ask("node ls --format '{{.Hostname}} {{.ManagerStatus}}'");
      return [real, simulated];
    };
    for (const [line, end] of [
      ['node promote node2', 'node1 Leader\nnode2 Reachable\n'],
      ['node demote node2', 'node1 Leader\nnode2\n'],
    ] as const) {
      const said = await ask(line);
      expect(said.simulated).toBe(said.real);
      await expect.poll(roles, { timeout: 30_000, interval: 250 }).toEqual([end, end]);
    }
  });
});

/** Asking twice for a change is another question the second time. */
function isChange(line: string): boolean {
  return /^(service (create|update|scale|rollback|rm)|node (update|promote|demote|rm)|\w+ (create|rm)) /.test(
    line,
  );
}

function imagesOf(lab: Lab): string {
  return lab.image('1').replace(/:1$/, '');
}

async function likeTheLab(lab: Lab): Promise<Parameters<typeof startSwarm>[0]> {
  const Info = z.object({ NCPU: z.number(), MemTotal: z.number(), ServerVersion: z.string() });
  const { NCPU, MemTotal, ServerVersion } = Info.parse(
    JSON.parse(await lab.docker('info', '--format', '{{json .}}')),
  );
  return {
    nodes: [1, 2, 3].map((n) => ({ name: `node${n}`, cpus: NCPU, memoryBytes: MemTotal })),
    subnet: lab.net,
    repository: imagesOf(lab),
    engineVersion: ServerVersion,
    heartbeat: 1000,
  };
}

interface Said {
  readonly real: string;
  readonly simulated: string;
}

/** The same at both; CONTAINER is the one that runs for the newest service, whichever id it has. */
async function runDocker(lab: Lab, swarm: Swarm, words: readonly string[]): Promise<Said> {
  const run = async (host: string) => {
    const container = words.includes('CONTAINER') ? (await cli(lab, host, ['ps', '-lq'])).trim() : '';
    const typed = words.map((word) => (word === 'CONTAINER' ? container : word));
    return comparable(await cli(lab, host, typed), words[0] === 'stats');
  };
  const [real, simulated] = await Promise.all([run(`unix://${lab.socket(1)}`), run(swarm.dockerHost)]);
  return { real, simulated };
}

/** The CLI's output, its complaint, and its exit code if it isn't 0. */
function cli(lab: Lab, host: string, words: readonly string[]): Promise<string> {
  const file = `${process.env['ENGINE_ROOT'] ?? '/opt/engine28'}/usr/bin/docker`;
  const env = { PATH: process.env['PATH'], DOCKER_CONFIG: `${lab.dir}/client` };
  return new Promise((resolve) => {
    execFile(file, ['-H', host, ...words], { env, timeout: 50_000 }, (error, stdout, stderr) => {
      resolve(`${stdout}${stderr}${error === null ? '' : `exit ${error.code}\n`}`);
    });
  });
}

/** `sh -c 'a b'` is three words. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** Without what differs from one Swarm to the next: ids, times, addresses, keys, what is measured, and columns' widths. */
function comparable(output: string, isMeasured: boolean): string {
  const rules: readonly (readonly [RegExp, string])[] = [
    [/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g, 'CERTIFICATE'],
    [/("CertIssuerPublicKey": |Issuer Public Key:\s+)\S+/g, '$1KEY'],
    [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| \+0000( UTC)?)?/g, 'TIME'],
    [/"time(Nano)?":\d+/g, '"time$1":N'],
    [/\b[0-9a-f]{64}\b/g, 'ID'],
    [/\b[a-z0-9]{25}\b/g, 'ID'],
    [/(?<=^|[\s."=/])[a-z0-9]{12}(?=[\s@",]|$)/gm, 'ID'],
    [/(\d+|[Aa]bout an?|[Ll]ess than a) (second|minute)s?( ago)?/g, 'AWHILE'],
    [/"(Index|PID|Pid)": \d+/g, '"$1": N'],
    [/\b10\.0\.\d+\.\d+/g, 'ADDRESS'],
    [/\b172\.17\.0\.\d+/g, 'ADDRESS'],
    [/\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, 'ADDRESS'],
    [/"[^"]*\/(containers|overlay2|netns)\/[^"]*"/g, '"PATH"'],
    [/ +$/gm, ''],
    [/ {2,}/g, '  '],
  ];
  const text = isMeasured ? output.replaceAll(/\d[\d.]*(%|[kKMG]?i?B)/g, 'AMOUNT') : output;
  return rules.reduce((text, [what, word]) => text.replaceAll(what, word), text);
}
