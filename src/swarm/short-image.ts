/**
 * An image as the docker CLI's tables show it: `docker.io/library/nginx:1@sha256:…` as `nginx:1`. What has no tag is
 * left as it is, its digest included.
 * Source: docker/cli cli/command/service/formatter.go and github.com/distribution/reference, FamiliarString.
 */
export function shortImage(image: string): string {
  const tagged = /^(?<name>[^@]+):(?<tag>[\w][\w.-]{0,127})(?:@[^@]+)?$/.exec(image)?.groups;
  const { name, tag } = tagged ?? {};
  if (name === undefined || tag === undefined) return image;
  return `${familiarName(name)}:${tag}`;
}

function familiarName(name: string): string {
  const path = name.replace(/^(?:index\.)?docker\.io\//, '');
  // Only Docker Hub has official images under library/; elsewhere it is part of the name.
  const official = /^library\/([^/]+)$/.exec(path)?.[1];
  return official ?? path;
}
