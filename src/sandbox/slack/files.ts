import type { Ids } from './ids.ts';

/** A file that the app uploaded. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly snippetType: string | null;
  /** What was announced, in bytes. */
  readonly length: number;
  /** Null until the bytes have come. */
  readonly content: Buffer | null;
  /** The conversation it was shared in; null until the upload is completed. */
  readonly channel: string | null;
}

export interface Files {
  announce(file: Pick<StoredFile, 'name' | 'length' | 'snippetType'>): StoredFile;
  fill(id: string, content: Buffer): StoredFile | undefined;
  share(id: string, channel: string | null, title: string | undefined): StoredFile | undefined;
  find(id: string): StoredFile | undefined;
  /** Those whose upload was completed. */
  all(): readonly StoredFile[];
}

export function createFiles(ids: Ids): Files {
  const files = new Map<string, StoredFile>();
  const shared = new Set<string>();

  function change(id: string, changes: Partial<StoredFile>): StoredFile | undefined {
    const file = files.get(id);
    if (file === undefined) return undefined;
    const changed = { ...file, ...changes };
    files.set(id, changed);
    return changed;
  }

  return {
    announce(file) {
      const added = { ...file, id: ids.next('F'), title: file.name, content: null, channel: null };
      files.set(added.id, added);
      return added;
    },
    fill: (id, content) => change(id, { content }),
    share(id, channel, title) {
      shared.add(id);
      return change(id, { channel, ...(title === undefined ? {} : { title }) });
    },
    find: (id) => files.get(id),
    all: () => [...files.values()].filter(({ id }) => shared.has(id)),
  };
}
