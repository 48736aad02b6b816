import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { Announcements } from './store.ts';

/** The messages that have not told yet how their change ended. */
export function announcements(db: Kysely<Schema>): Announcements {
  return {
    async put({ requestId, ...place }) {
      await db.transaction().execute((trx) =>
        trx
          .insertInto('announcement')
          .values({ request_id: requestId.toWellFormed(), ...place })
          .execute(),
      );
    },
    async posted(requestId, message) {
      await db
        .transaction()
        .execute((trx) =>
          trx
            .updateTable('announcement')
            .set({ message })
            .where('request_id', '=', requestId.toWellFormed())
            .execute(),
        );
    },
    async open() {
      const rows = await db
        .selectFrom('announcement')
        .selectAll()
        .orderBy('at')
        .orderBy('request_id')
        .execute();
      return rows.map(({ request_id, ...place }) => ({ requestId: request_id, ...place }));
    },
    async forget(requestId) {
      await db
        .transaction()
        .execute((trx) =>
          trx.deleteFrom('announcement').where('request_id', '=', requestId.toWellFormed()).execute(),
        );
    },
  };
}
