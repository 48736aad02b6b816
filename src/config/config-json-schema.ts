import { z } from 'zod';
import { configSchema } from './config-schema.ts';

/** The JSON Schema of shipmate.yml, for editors: draft 7, which is what yaml-language-server knows best. */
export function configJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' }), null, 2)}\n`;
}
