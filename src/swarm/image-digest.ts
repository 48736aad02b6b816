import { z } from 'zod';
import { familiarImage, type ImageReference } from './image-reference.ts';

/**
 * What a registry has under a reference, as the engine found out (`GET /distribution/{name}/json`).
 * Source: https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Distribution
 */
export const ImageDistribution = z.looseObject({
  Descriptor: z.looseObject({ digest: z.string() }),
  Platforms: z
    .array(z.looseObject({ os: z.string().nullish(), architecture: z.string().nullish() }))
    .nullish(),
});
export type ImageDistribution = z.infer<typeof ImageDistribution>;

/** In the words of a service's spec. */
export interface ImagePlatform {
  readonly Architecture?: string;
  readonly OS?: string;
}

/**
 * Where an image can run, as a service's placement says it: without attestations, which bear no platform, and without the
 * architecture of ARM, which nodes and images name differently.
 * Source: moby client/service_create.go, imageDigestAndPlatforms; https://github.com/moby/swarmkit/issues/2294
 */
export function imagePlatforms({ Platforms }: ImageDistribution): readonly ImagePlatform[] {
  const known = (Platforms ?? []).filter(
    ({ os, architecture }) => os !== 'unknown' && architecture !== 'unknown',
  );
  const platforms = known.map(({ os, architecture }): ImagePlatform => {
    const named = architecture && architecture.toLowerCase() !== 'arm' ? { Architecture: architecture } : {};
    return { ...named, ...(os ? { OS: os } : {}) };
  });
  return [...new Map(platforms.map((platform) => [JSON.stringify(platform), platform])).values()];
}

/** The reference with its digest, as docker writes it into a spec: `shop/web:2@sha256:…`. */
export function pinnedImage(reference: ImageReference, digest: string): string {
  return familiarImage({ ...reference, digest: reference.digest ?? digest });
}
