import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { Deliveries } from './store.ts';

const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** Slack gives up redelivering after an hour, so a day is enough. */
export function deliveries(db: Kysely<Schema>): Deliveries {
  return {
    claim: (id, at) =>
      db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('delivery')
          .where('at', '<', at - dayMilliseconds)
          .execute();
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('delivery')
          .values({ id: id.toWellFormed(), at })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),
  };
}
