import type { AuditBegin, AuditLog, Deliveries } from '../store/store.ts';
import type { Metrics } from './metrics.ts';

/** The audit log, with every request that ends in it counted: what the log has is what the metrics show. */
export function countedAudit(audit: AuditLog, metrics: Metrics): AuditLog {
  const open = new Map<string, AuditBegin>();

  async function written(write: Promise<void>): Promise<void> {
    try {
      await write;
    } catch (error) {
      metrics.auditWriteFailed();
      throw error;
    }
  }
  /** A plan is written for what is allowed and changes something, and for nothing else. */
  const tellRunning = () =>
    metrics.changesRunning([...open.values()].filter(({ plan }) => plan !== null).length);

  return {
    ...audit,
    async begin(entry) {
      await written(audit.begin(entry));
      open.set(entry.requestId, entry);
      tellRunning();
    },
    async end(ending) {
      const begun = open.get(ending.requestId);
      open.delete(ending.requestId);
      tellRunning();
      if (begun !== undefined) {
        const { operation, entry, decision, at } = begun;
        metrics.request({ operation, entry, decision, outcome: ending.outcome }, ending.at - at);
      }
      await written(audit.end(ending));
    },
  };
}

/** Counts what was claimed before. The kind is what comes before the colon of a delivery's id. */
export function countedDeliveries(deliveries: Deliveries, metrics: Metrics): Deliveries {
  return {
    ...deliveries,
    async claim(id, at, request) {
      const isNew = await deliveries.claim(id, at, request);
      if (!isNew) metrics.repeatedDelivery(id.slice(0, id.indexOf(':')));
      return isNew;
    },
  };
}
