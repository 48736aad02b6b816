import { info } from './info.ts';
import { nodeInspect } from './node-inspect.ts';
import { nodeLs } from './node-ls.ts';
import { nodePs } from './node-ps.ts';
import { nodeUpdate } from './node-update.ts';
import { audit } from './audit.ts';
import { canI } from './can-i.ts';
import { help } from './help.ts';
import type { Operation } from './operation.ts';
import { serviceInspect } from './service-inspect.ts';
import { serviceLogs } from './service-logs.ts';
import { serviceLs } from './service-ls.ts';
import { servicePs } from './service-ps.ts';
import { serviceRollback } from './service-rollback.ts';
import { serviceScale } from './service-scale.ts';
import { serviceUpdate } from './service-update.ts';
import { version } from './version.ts';

/** Everything that the bot can do. Help, permissions, the reference page and the tests are derived from it. */
export const operations: readonly Operation[] = [
  serviceLs,
  servicePs,
  serviceInspect,
  serviceLogs,
  serviceScale,
  serviceUpdate,
  serviceRollback,
  nodeLs,
  nodePs,
  nodeInspect,
  nodeUpdate,
  info,
  version,
  help,
  canI,
  audit,
];
