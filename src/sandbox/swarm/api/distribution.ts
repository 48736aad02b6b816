import { parseImage } from '../image-reference.ts';
import { Refusal } from '../refusal.ts';
import { type Answer, type Asked, jsonOf } from './answer.ts';
import type { EngineParts } from './engine.ts';

/** What the registry has under a name. @throws Refusal in the words of the engine and the registry */
export function distribution({ world: { registry } }: EngineParts, { params: [name = ''] }: Asked): Answer {
  const reference = parseImage(name);
  if (reference === undefined) {
    throw new Refusal(400, `invalid reference format: repository name (library/${name}) must be lowercase`);
  }
  if (registry.away) {
    const host = reference.registry === 'docker.io' ? 'registry-1.docker.io' : reference.registry;
    throw new Refusal(500, `Get "https://${host}/v2/": dial tcp ${host}: connect: connection refused`);
  }
  const image = registry.find(name);
  if (image === undefined) {
    throw new Refusal(404, 'manifest unknown: manifest unknown');
  }
  return jsonOf({
    Descriptor: {
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      digest: image.digest,
      size: 528,
    },
    Platforms: [{ architecture: 'amd64', os: 'linux' }],
  });
}
