import { describe, expect, it } from 'vitest';
import { readyEngine } from '../../../src/sandbox/ready-engine.ts';
import { engineServer, type Answer } from '../engine/engine-server.ts';

const swarm = (state: object): Answer => {
  return (_, response) => void response.end(JSON.stringify({ Swarm: state }));
};
const out = swarm({ LocalNodeState: 'inactive', ControlAvailable: false });

interface Looked {
  readonly isReady: boolean;
  readonly said: readonly string[];
}

async function look(host: string, answer: boolean | null): Promise<Looked> {
  const said: string[] = [];
  const isReady = await readyEngine(
    { DOCKER_HOST: host },
    {
      say: (line) => void said.push(line),
      ask:
        answer === null
          ? null
          : async (question) => {
              said.push(question);
              return answer;
            },
    },
  );
  return { isReady, said };
}

describe('the engine that the sandbox is given', () => {
  it('is ready when it is a manager', async () => {
    await using engine = await engineServer(swarm({ LocalNodeState: 'active', ControlAvailable: true }));
    expect(await look(engine.host, true)).toEqual({ isReady: true, said: [] });
  });

  it('is of little use when it is a worker, which is said', async () => {
    await using engine = await engineServer(swarm({ LocalNodeState: 'active', ControlAvailable: false }));
    const { isReady, said } = await look(engine.host, true);
    expect(isReady).toBe(true);
    expect(said).toEqual([expect.stringContaining('is no manager of its Swarm')]);
  });

  it('is made a Swarm only when somebody says yes', async () => {
    await using engine = await engineServer(out);
    const initialized = () => engine.received.filter(({ url }) => url === '/swarm/init');
    expect((await look(engine.host, false)).said).toHaveLength(2);
    expect((await look(engine.host, null)).said).toEqual([
      expect.stringContaining('run "docker swarm init"'),
    ]);
    expect(initialized()).toEqual([]);
    expect((await look(engine.host, true)).said.at(-1)).toContain('is a Swarm of one node now');
    expect(initialized()).toMatchObject([{ method: 'POST', body: '{"ListenAddr":"0.0.0.0:2377"}' }]);
  });

  it('says why it could not be made one', async () => {
    await using engine = await engineServer((request, response) => {
      if (request.url === '/info') return out(request, response);
      response.statusCode = 500;
      response.end('{"message":"could not choose an IP address to advertise"}');
      return undefined;
    });
    const { isReady, said } = await look(engine.host, true);
    expect(isReady).toBe(false);
    expect(said.at(-1)).toContain('failed at');
    expect(said.at(-1)).toContain('could not choose an IP address to advertise');
  });

  it('must be there', async () => {
    const { isReady, said } = await look('unix:///nowhere/docker.sock', true);
    expect(isReady).toBe(false);
    expect(said).toEqual([
      expect.stringContaining('There is no Docker engine at unix:///nowhere/docker.sock (ENOENT)'),
    ]);
  });

  it('is left to the bot when it wants a key', async () => {
    expect(await look('ssh://somewhere', null)).toEqual({ isReady: true, said: [] });
  });
});
