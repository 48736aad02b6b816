import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { importImage } from './import-image.ts';
import type { Lab } from './swarm-lab.ts';

/** The lab's registry that serves only those who log in; it has all that the other one has. */
export function privateRegistry({ net }: Lab): string {
  return `${net}.1:5001`;
}

/** The docker CLI's config.json that logs in to it. */
export function dockerConfig(lab: Lab, password = 'lab-password'): string {
  const auth = Buffer.from(`shipmate:${password}`).toString('base64');
  return JSON.stringify({ auths: { [privateRegistry(lab)]: { auth } } });
}

/** An image of the private registry that no node has yet, so that whoever runs it has to log in. Runs until it is stopped. */
export async function privateImage(lab: Lab): Promise<string> {
  const name = `private-${randomBytes(4).toString('hex')}:1`;
  const changes = [
    'CMD ["sh","-c","trap exit TERM; while :; do sleep 1 & wait $!; done"]',
    // Of its own content as well: a node that has the digest under another name would ask nobody.
    `LABEL of=${name}`,
  ];
  await importImage(lab, join(lab.dir, 'rootfs'), name, changes);
  return `${privateRegistry(lab)}/${name}`;
}
