/** `registry.example:5000/shop/web:1.4@sha256:…`, taken apart. */
export interface ImageReference {
  /** `docker.io` when none is named. */
  readonly registry: string;
  /** Within the registry: `shop/web`, `library/nginx`. */
  readonly path: string;
  /** As people write it: without `docker.io/library/`. */
  readonly familiar: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const pattern =
  /^(?<name>[a-z0-9]+(?:[._:/-]+[a-z0-9]+)*?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** @returns undefined for what is no image's name. */
export function parseImage(text: string): ImageReference | undefined {
  const { name, tag, digest } = pattern.exec(text)?.groups ?? {};
  if (name === undefined) return undefined;
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHost = first.includes('.') || first.includes(':') || first === 'localhost';
  const registry = isHost ? first : 'docker.io';
  const rest = isHost ? name.slice(slash + 1) : name;
  const path = registry === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  if (path.includes(':')) return undefined;
  const familiar = registry === 'docker.io' ? path.replace(/^library\//, '') : `${registry}/${path}`;
  return { registry, path, familiar, tag, digest };
}

/** `web:1.4` and `web` (`:latest`) name a tag. */
export function tagOf({ tag, digest }: ImageReference): string | undefined {
  return tag ?? (digest === undefined ? 'latest' : undefined);
}
