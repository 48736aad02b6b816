import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngines } from '../../../src/engine/connect-engines.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { failureOf } from './engine-server.ts';

let folder: string;

/** Makes `NAME/{ca,cert,key}.pem`, signed by a CA of its own or by that of another folder. */
function certify(name: string, { ca = name, host = '127.0.0.1', days = '1' } = {}): string {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: own, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  if (ca === name) {
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      'ca-key.pem',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=ca',
      '-days',
      '2',
    );
  } else {
    for (const file of ['ca.pem', 'ca-key.pem']) cpSync(join(folder, ca, file), join(own, file));
  }
  openssl('req', ...key, '-keyout', 'key.pem', '-out', 'csr.pem', '-subj', '/CN=engine');
  writeFileSync(join(own, 'ext'), `subjectAltName=IP:${host}\n`);
  const signed = [
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca-key.pem',
    '-CAcreateserial',
    '-days',
    days,
    '-extfile',
    'ext',
  ];
  openssl('x509', '-req', '-in', 'csr.pem', '-out', 'cert.pem', ...signed);
  return own;
}

async function listening(server: net.Server): Promise<{ readonly host: string } & AsyncDisposable> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    host: `tcp://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An engine that asks for a certificate of its own CA, as `dockerd --tlsverify` does. */
async function tlsEngine(certs: string) {
  const read = (file: string) => readFileSync(join(certs, file));
  const server = https.createServer(
    {
      ca: read('ca.pem'),
      cert: read('cert.pem'),
      key: read('key.pem'),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      response.setHeader('Api-Version', '1.51');
      response.end(request.url === '/_ping' ? 'OK' : '{"Name":"over TLS"}');
    },
  );
  return listening(server);
}

function prod(host: string, certPath?: string): { readonly engine: Engine } & AsyncDisposable {
  const engines = connectEngines({ prod: { host, certPath } }, {});
  return { engine: engines.get('prod'), [Symbol.asyncDispose]: () => engines[Symbol.asyncDispose]() };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shipmate-tls-'));
  certify('engine');
  certify('client', { ca: 'engine' });
  certify('stranger');
  certify('elsewhere', { ca: 'engine', host: '10.9.9.9' });
  certify('expired', { ca: 'engine', days: '-1' });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const certs = (name: string) => join(folder, name);

describe('TLS', () => {
  it('is spoken with the certificates in certPath', async () => {
    await using server = await tlsEngine(certs('engine'));
    await using cluster = prod(server.host, certs('client'));
    expect(await cluster.engine.info()).toEqual({ Name: 'over TLS' });
  });

  it("is spoken as Docker's environment says", async () => {
    await using server = await tlsEngine(certs('engine'));
    const env = { DOCKER_HOST: server.host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certs('client') };
    await using engines = connectEngines({ prod: {} }, env);
    expect(await engines.get('prod').info()).toEqual({ Name: 'over TLS' });
  });

  it.each([
    ['of another CA', 'stranger', 'client', "isn't signed by ca.pem in certPath"],
    ['for another host', 'elsewhere', 'client', 'is for another name'],
    ['that has expired', 'expired', 'client', 'its TLS certificate has expired'],
  ])('is broken off with an engine whose certificate is one %s', async (_what, engine, client, sentence) => {
    await using server = await tlsEngine(certs(engine));
    await using cluster = prod(server.host, certs(client));
    const failure = await failureOf(cluster.engine.info());
    expect(failure).toMatchObject({ kind: 'unavailable', reason: 'unreachable' });
    expect(failure.message).toContain(sentence);
  });

  it("says that the engine refuses Shipmate's certificate", async () => {
    const mixed = certs('mixed');
    cpSync(certs('stranger'), mixed, { recursive: true });
    cpSync(join(certs('engine'), 'ca.pem'), join(mixed, 'ca.pem'));
    await using server = await tlsEngine(certs('engine'));
    await using cluster = prod(server.host, mixed);
    expect((await failureOf(cluster.engine.info())).message).toMatch(/refuses? Shipmate's TLS certificate/);
  });

  it('takes up renewed certificates without a restart', async () => {
    const renewed = certs('renewed');
    cpSync(certs('stranger'), renewed, { recursive: true });
    await using server = await tlsEngine(certs('engine'));
    await using cluster = prod(server.host, renewed);
    await failureOf(cluster.engine.info());
    cpSync(certs('client'), renewed, { recursive: true });
    expect(await cluster.engine.info()).toEqual({ Name: 'over TLS' });
  });

  it('says that a certificate is missing', async () => {
    await using cluster = prod('tcp://127.0.0.1:1', certs('nowhere'));
    expect((await failureOf(cluster.engine.info())).message).toContain('are the certificates in place?');
  });

  it('is told apart from plain HTTP, either way', async () => {
    await using plain = await listening(
      net.createServer((socket) =>
        socket
          .on('error', () => {})
          .resume()
          .end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      ),
    );
    await using cluster = prod(plain.host, certs('client'));
    expect((await failureOf(cluster.engine.info())).message).toContain("doesn't speak TLS at that port");

    await using server = await tlsEngine(certs('engine'));
    await using other = prod(server.host);
    expect((await failureOf(other.engine.info())).message).toContain('does that port want TLS (certPath)?');
  });
});
