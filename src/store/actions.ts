import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { Actions } from './store.ts';

/** @param now milliseconds since 1970; what has expired by then is deleted when something is put. */
export function actions(db: Kysely<Schema>, now: () => number): Actions {
  return {
    async put(actions) {
      if (actions.length === 0) return;
      const rows = actions.map(({ user, expiresAt, ...action }) => ({
        ...action,
        user_id: user,
        expires_at: expiresAt,
      }));
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('action').where('expires_at', '<=', now()).execute();
        await trx.insertInto('action').values(rows).execute();
      });
    },
    async bind(ids, message) {
      if (ids.length === 0) return;
      await db
        .transaction()
        .execute((trx) => trx.updateTable('action').set({ message }).where('id', 'in', ids).execute());
    },
    async get(id, at) {
      const row = await db
        .selectFrom('action')
        .selectAll()
        .where('id', '=', id)
        .where('expires_at', '>', at)
        .executeTakeFirst();
      if (row === undefined) return null;
      const { user_id, expires_at, ...action } = row;
      return { ...action, user: user_id, expiresAt: expires_at };
    },
  };
}
