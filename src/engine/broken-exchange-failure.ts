import type { BrokenExchange } from './exchange.ts';
import { EngineFailure } from './engine.ts';
import { type EngineSubject, engineName, quoted } from './engine-subject.ts';

/** Nothing was sent when the connection never stood. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EACCES',
  'EPERM',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTSOCK',
  'SSH_NOT_STARTED',
]);

/**
 * Says why no answer came, for Node's error codes, with what to look at.
 * @param sent whether a write may have reached the engine, had the connection stood
 */
export function brokenExchangeFailure(
  subject: EngineSubject,
  broken: BrokenExchange,
  sent: boolean,
): EngineFailure {
  const engine = engineName(subject);
  const fail = (reason: 'unreachable' | 'garbled', sentence: string) =>
    new EngineFailure('unavailable', reason, `${engine} ${sentence}`, {
      cause: broken,
      uncertain: sent && !neverConnected.has(broken.code) && !isTls(broken.code),
    });
  const hint = hintFor(broken.code, subject.address);
  if (hint !== undefined) return fail('unreachable', hint);
  if (broken.code === 'SSH_ENDED') {
    return fail('unreachable', `can't be reached: ssh says ${quoted(subject, broken.message)}.`);
  }
  if (broken.code === 'SSH_NOT_STARTED') {
    return fail(
      'unreachable',
      `can't be reached: ssh can't be started where Shipmate runs (${broken.message}). Is it installed there?`,
    );
  }
  if (broken.code === 'TOO_LARGE')
    return fail('garbled', `answered with ${broken.message}, which is too much.`);
  if (broken.code.startsWith('HPE_')) {
    return fail(
      'garbled',
      "answered with something that isn't HTTP: does the port belong to a Docker engine?",
    );
  }
  if (isTls(broken.code)) {
    return fail(
      'unreachable',
      `and Shipmate don't agree on TLS: ${broken.code}. Check its certificate and certPath.`,
    );
  }
  return fail('unreachable', `can't be reached: ${broken.code || quoted(subject, broken.message)}.`);
}

function hintFor(code: string, address: string): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refuses connections: is dockerd running there, and does it listen at that address?';
    case 'ENOENT':
      return "can't be reached, because a file is missing: is dockerd running, is the socket mounted, are the certificates in place?";
    case 'ENOTSOCK':
      return "can't be reached: there is a file at that path, but no socket.";
    case 'EACCES':
    case 'EPERM':
      return "can't be reached: Shipmate's user may not open the socket or the certificates. Let it into the group that owns them.";
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return "can't be reached: its name can't be resolved. Check the host in the configuration, and DNS.";
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return "can't be reached: no way through the network. Check the route and the firewall.";
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return `hung up before it had answered: did it restart${orElse(address)}?`;
    case 'CERT_HAS_EXPIRED':
      return "can't be trusted: its TLS certificate has expired.";
    case 'CERT_NOT_YET_VALID':
      return "can't be trusted: its TLS certificate isn't valid yet. Are the clocks right?";
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return "can't be trusted: its TLS certificate is for another name than the host in the configuration.";
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_SIGNATURE_FAILURE':
      return "can't be trusted: its TLS certificate isn't signed by ca.pem in certPath.";
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return "doesn't speak TLS at that port: is certPath (or DOCKER_TLS_VERIFY) meant for it?";
    case 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED':
    case 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA':
    case 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE':
    case 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED':
      return "refuses Shipmate's TLS certificate: are cert.pem and key.pem in certPath signed by the engine's CA, and not expired?";
    default:
      return undefined;
  }
}

/** Why else something hangs up: over TLS 1.3 a certificate is refused after the client believes that all is well. */
function orElse(address: string): string {
  if (address.endsWith(' with TLS')) return ", or does it refuse Shipmate's TLS certificate";
  return address.startsWith('tcp:') ? ', or does that port want TLS (certPath)' : '';
}

function isTls(code: string): boolean {
  return /^(ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|UNABLE_TO_|EPROTO|DEPTH_ZERO|SELF_SIGNED)/.test(code);
}
