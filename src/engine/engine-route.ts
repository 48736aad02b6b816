import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import type { EngineAddress } from './engine-address.ts';
import type { Route } from './exchange.ts';
import { SshAgent } from './ssh-agent.ts';

/** The way to one engine, with its connections; disposing of it closes them. */
export interface EngineRoute extends Disposable {
  /** Certificates are read each time, so that renewed ones are taken up. Rejects with Node's error, naming the file. */
  open(): Promise<Route>;
}

/** Everything is said outright: nothing that Node or Docker would read from the environment decides where requests go. */
export function engineRoute(address: EngineAddress, sshProgram: string): EngineRoute {
  switch (address.kind) {
    case 'unix': {
      const agent = new http.Agent({ keepAlive: true });
      return route(agent, async () => ({ agent, secure: false, options: { socketPath: address.path } }));
    }
    case 'tcp': {
      const agent = new http.Agent({ keepAlive: true });
      const { host, port } = address;
      return route(agent, async () => ({ agent, secure: false, options: { host, port } }));
    }
    case 'tls': {
      // NODE_TLS_REJECT_UNAUTHORIZED=0 must not reach an engine.
      const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: true });
      const { host, port, certPath } = address;
      return route(agent, async () => {
        const [ca, cert, key] = await Promise.all(
          ['ca.pem', 'cert.pem', 'key.pem'].map((file) => readFile(join(certPath, file))),
        );
        return { agent, secure: true, options: { host, port, ca, cert, key } };
      });
    }
    case 'ssh': {
      const agent = new SshAgent(address, sshProgram);
      return route(agent, async () => ({ agent, secure: false, options: {} }));
    }
  }
}

function route(agent: http.Agent, open: () => Promise<Route>): EngineRoute {
  return { open, [Symbol.dispose]: () => agent.destroy() };
}
