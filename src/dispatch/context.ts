import type { Engine } from '../engine/engine.ts';
import type { Operation } from '../operations/operation.ts';
import type { Access } from './access.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { DispatchTools } from './dispatch.ts';
import type { Request } from './request.ts';

/** One request on its way: what was found out about it so far. */
export interface RequestContext {
  readonly tools: DispatchTools;
  readonly request: Request;
  readonly access: Access;
  readonly trail: AuditTrail;
  readonly operation: Operation;
  /** The command as words, for showing and for the audit log. */
  readonly words: readonly string[];
  readonly cluster: string;
  readonly engine: Engine;
}
