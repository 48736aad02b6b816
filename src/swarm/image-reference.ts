/** An image reference by its parts: `docker.io`, `library/nginx`, `1`, `sha256:…`. */
export interface ImageReference {
  readonly domain: string;
  readonly path: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const hub = 'docker.io';

/** Source: github.com/distribution/reference, regexp.go. */
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const pathPattern = new RegExp(`^${component}(?:/${component})*$`);
const domainLabel = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domainPattern = new RegExp(
  `^(?:${domainLabel}(?:\\.${domainLabel})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`,
);
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** An id is no name: it can't be looked for in a registry. */
const imageId = /^[a-f0-9]{64}$/;
const longestName = 255;

/**
 * Reads an image reference as docker does: what comes before the first slash is a registry only when it looks like one,
 * and Docker Hub's own images live under `library/`.
 * Source: github.com/distribution/reference, normalize.go, ParseNormalizedNamed.
 * @returns undefined for what docker refuses.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > 1024 || imageId.test(text)) return undefined;
  const [beforeDigest = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !digestPattern.test(digest))) return undefined;
  const colon = beforeDigest.lastIndexOf(':');
  const isTagged = colon > beforeDigest.lastIndexOf('/');
  const name = isTagged ? beforeDigest.slice(0, colon) : beforeDigest;
  const tag = isTagged ? beforeDigest.slice(colon + 1) : undefined;
  if (tag !== undefined && !tagPattern.test(tag)) return undefined;
  const { domain, path } = splitDomain(name);
  const isName = domainPattern.test(domain) && pathPattern.test(path);
  return isName && `${domain}/${path}`.length <= longestName ? { domain, path, tag, digest } : undefined;
}

function splitDomain(name: string): Pick<ImageReference, 'domain' | 'path'> {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const domain = isDomain ? first : hub;
  const path = isDomain ? name.slice(slash + 1) : name;
  if (domain !== hub && domain !== 'index.docker.io') return { domain, path };
  return { domain: hub, path: path.includes('/') ? path : `library/${path}` };
}

/** As docker sends and shows it: `nginx:1`, `registry.example.com/shop/web:2@sha256:…`. */
export function familiarImage(reference: ImageReference): string {
  const { domain, path } = reference;
  if (domain !== hub) return `${domain}/${path}${suffix(reference)}`;
  const official = /^library\/([^/]+)$/.exec(path)?.[1];
  return `${official ?? path}${suffix(reference)}`;
}

/** With its registry, always: `docker.io/library/nginx:1`. */
export function qualifiedImage(reference: ImageReference): string {
  return `${reference.domain}/${reference.path}${suffix(reference)}`;
}

function suffix({ tag, digest }: ImageReference): string {
  return `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** With the tag that docker means when there is neither a tag nor a digest. */
export function taggedImage(reference: ImageReference): ImageReference {
  const isBare = reference.tag === undefined && reference.digest === undefined;
  return isBare ? { ...reference, tag: 'latest' } : reference;
}
