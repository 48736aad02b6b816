import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface TemporaryDatabase extends Disposable {
  readonly folder: string;
  readonly path: string;
  readonly url: string;
  /** Runs SQL on a connection of its own, as somebody else's would be. */
  tamper(sql: string): void;
}

/** A path for a database in a folder of its own, which is removed in the end. */
export function temporaryDatabase(): TemporaryDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'shipmate-store-'));
  const path = join(folder, 'shipmate.db');
  return {
    folder,
    path,
    url: `sqlite:${path}`,
    tamper(sql) {
      using database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
      database.exec(sql);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
