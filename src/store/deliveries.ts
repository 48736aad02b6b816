import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { Deliveries, TakenRequest } from './store.ts';

const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** Slack gives up redelivering after an hour, so a day is enough. */
export function deliveries(db: Kysely<Schema>): Deliveries {
  return {
    claim: (id, at, request) =>
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
        const isNew = numInsertedOrUpdatedRows === 1n;
        if (isNew && request !== undefined) await keep(trx, request);
        return isNew;
      }),
    async taken() {
      const rows = await db
        .selectFrom('taken_request')
        .selectAll()
        .orderBy('at')
        .orderBy('request_id')
        .execute();
      return rows.map(({ request_id, user_id, ...request }) => ({
        requestId: request_id,
        user: user_id,
        ...request,
      }));
    },
    async forget(requestId) {
      await db.transaction().execute((trx) => forgetTaken(trx, requestId.toWellFormed()));
    },
  };
}

async function keep(trx: Kysely<Schema>, { requestId, user, ...request }: TakenRequest): Promise<void> {
  await trx
    .insertInto('taken_request')
    .values({
      ...request,
      request_id: requestId.toWellFormed(),
      user_id: user,
      command: request.command.toWellFormed(),
    })
    .execute();
}

/** For whoever writes a request down elsewhere, in the same transaction. */
export async function forgetTaken(trx: Kysely<Schema>, requestId: string): Promise<void> {
  await trx.deleteFrom('taken_request').where('request_id', '=', requestId).execute();
}
