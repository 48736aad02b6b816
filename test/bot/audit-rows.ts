import { openSqliteFileToRead } from '../../src/store/sqlite-file.ts';
import { sqlitePath } from '../../src/store/open-store.ts';
import { z } from 'zod';

const Row = z.object({
  request_id: z.string(),
  channel: z.string(),
  entry: z.string(),
  operation: z.string(),
  command: z.string(),
  outcome: z.string().nullable(),
});

export type AuditRow = z.infer<typeof Row>;

/** What the audit log of a bot says, oldest first, read beside it: `outcome` is null while a request runs. */
export function auditRows(databaseUrl: string): readonly AuditRow[] {
  const { database } = openSqliteFileToRead(sqlitePath(databaseUrl));
  try {
    return z.array(Row).parse(
      database
        .prepare(
          `SELECT b.request_id, b.body ->> 'channel' AS channel, b.body ->> 'entry' AS entry,
             b.body ->> 'operation' AS operation, b.body ->> 'command' AS command, e.body ->> 'outcome' AS outcome
           FROM audit_row b LEFT JOIN audit_row e ON e.request_id = b.request_id AND e.kind = 'end'
           WHERE b.kind = 'begin' ORDER BY b.seq`,
        )
        .all(),
    );
  } finally {
    database.close();
  }
}
