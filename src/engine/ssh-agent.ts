import { spawn } from 'node:child_process';
import http from 'node:http';
import { Duplex } from 'node:stream';
import type { EngineAddress } from './engine-address.ts';

type SshAddress = Extract<EngineAddress, { kind: 'ssh' }>;

/**
 * HTTP through `ssh HOST docker system dial-stdio`, as the docker CLI does it (docker/cli, cli/connhelper): the user's
 * own ssh, with its known hosts, keys and configuration. docker-modem's ssh trusts any host key and connects anew for
 * every request.
 */
export class SshAgent extends http.Agent {
  readonly #address: SshAddress;
  readonly #program: string;

  constructor(address: SshAddress, program: string) {
    super({ keepAlive: true });
    this.#address = address;
    this.#program = program;
  }

  override createConnection(): Duplex {
    return sshConnection(this.#address, this.#program);
  }

  /** A process has none of the socket options that Node would set here. */
  override keepSocketAlive(): boolean {
    return true;
  }

  override reuseSocket(): void {}
}

function sshConnection({ host, user, port }: SshAddress, program: string): Duplex {
  const options = ['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10'];
  if (user !== undefined) options.push('-l', user);
  if (port !== undefined) options.push('-p', String(port));
  const ssh = spawn(program, [...options, '--', host, 'docker', 'system', 'dial-stdio'], {
    env: sshEnvironment(process.env),
  });
  let complaint = '';
  ssh.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-1000);
  });

  const connection = new Duplex({
    read() {
      ssh.stdout.resume();
    },
    // Errors of ssh's input come before it says why it ended, and would hide that.
    write(chunk, _encoding, done) {
      ssh.stdin.write(chunk, () => done());
    },
    final(done) {
      ssh.stdin.end(() => done());
    },
    destroy(error, done) {
      ssh.kill();
      done(error);
    },
  });
  ssh.stdout.on('data', (chunk) => {
    if (!connection.push(chunk)) ssh.stdout.pause();
  });
  ssh.stdin.on('error', () => {});
  ssh.on('error', (error) => connection.destroy(Object.assign(error, { code: 'SSH_NOT_STARTED' })));
  ssh.on('close', () => {
    const why = complaint.trim().split('\n').at(-1) ?? '';
    connection.destroy(Object.assign(new Error(why || 'ssh ended'), { code: 'SSH_ENDED' }));
  });
  return connection;
}

/** What ssh needs to find keys and known hosts; Shipmate's secrets are none of its business. */
function sshEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = ['HOME', 'LANG', 'LOGNAME', 'PATH', 'SSH_AUTH_SOCK', 'USER'];
  return Object.fromEntries(names.map((name) => [name, env[name]]));
}
