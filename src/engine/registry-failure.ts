import { registryOf } from '../swarm/registry-auth.ts';
import { EngineFailure } from './engine.ts';

/**
 * What it means that the engine has nothing to tell of an image. The engine asks the registry, and passes on what that said,
 * or that nobody was there.
 * Source: moby daemon/server/router/distribution; words seen on 20.10 and 28.5, and of Docker Hub.
 * @param hadAuth the registry was shown credentials
 */
export function registryFailure(
  image: string,
  cluster: string,
  failure: EngineFailure,
  hadAuth: boolean,
): EngineFailure {
  // The sentence around it names the image and the cluster, which may be called anything.
  const said = /"(.*)"/s.exec(failure.message)?.[1] ?? '';
  const about = (kind: EngineFailure['kind'], reason: EngineFailure['reason'], sentence: string) =>
    new EngineFailure(kind, reason, sentence, { cause: failure });
  if (/manifest unknown|name unknown|repository name not known/i.test(said)) {
    return about('not-found', 'not-found', `There is no image ${image}: its registry doesn’t know it.`);
  }
  const isRefused = /unauthorized|denied|no basic auth|authentication required/i.test(said);
  if (isRefused || /\(HTTP 40[13]\)/.test(failure.message)) {
    return about(
      'unavailable',
      'rejected',
      hadAuth
        ? `The registry of ${image} doesn’t take Shipmate’s credentials for it: they are wrong or expired, or may not see this image, or it isn’t there.`
        : `The registry of ${image} doesn’t let the engine of ${cluster} see it: the image is private, or isn’t there. Shipmate has no credentials for ${registryOf(image) ?? 'it'}: they come from the config.json in DOCKER_CONFIG.`,
    );
  }
  if (/toomanyrequests|rate limit/i.test(said)) {
    return about(
      'unavailable',
      'rejected',
      `The registry of ${image} takes no more requests for now: try again later.`,
    );
  }
  if (/dial tcp|no such host|i\/o timeout|TLS handshake|connection re|server gave HTTP|x509|EOF/.test(said)) {
    return about(
      'unavailable',
      'unreachable',
      `The engine of ${cluster} can’t reach the registry of ${image}: ${said}.`,
    );
  }
  if (failure.reason === 'timed-out') {
    return about('unavailable', 'timed-out', `The registry of ${image} did not answer in time.`);
  }
  return failure;
}
