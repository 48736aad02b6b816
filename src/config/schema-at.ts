import { stringify } from 'yaml';
import { z } from 'zod';
import { configJsonSchema } from './config-json-schema.ts';
import type { Path } from './problem.ts';

/** The parts of the JSON Schema that mistakes are told with. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined;
  readonly additionalProperties?: SchemaNode | boolean | undefined;
  readonly items?: SchemaNode | undefined;
  readonly examples?: readonly unknown[] | undefined;
}

const schemaNode: z.ZodType<SchemaNode> = z.looseObject({
  get properties() {
    return z.record(z.string(), schemaNode).optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), schemaNode]).optional();
  },
  get items() {
    return schemaNode.optional();
  },
  examples: z.array(z.unknown()).optional(),
});

const root = schemaNode.parse(JSON.parse(configJsonSchema()));

/** The keys that may stand in the map at this path; empty where any may. */
export function keysAt(path: Path): readonly string[] {
  return Object.keys(schemaAt(path)?.properties ?? {});
}

/** What would be right at this path, as one would write it: `role: operator`. */
export function exampleAt(path: Path): string | undefined {
  // An entry of a list is shown in its list: `to: [ S0SRE, U0ALICE ]`.
  const named = path.slice(0, path.findLastIndex((part) => typeof part === 'string') + 1);
  const key = named.at(-1);
  const example = schemaAt(named)?.examples?.[0];
  if (key === undefined || example === undefined) return undefined;
  return stringify({ [key]: example }, { collectionStyle: 'flow', lineWidth: 0 })
    .trim()
    .replace(/^\{ (.*) \}$/s, '$1');
}

function schemaAt(path: Path): SchemaNode | undefined {
  return path.reduce<SchemaNode | undefined>((node, part) => {
    if (typeof part === 'number') return node?.items;
    const { properties = {}, additionalProperties } = node ?? {};
    if (Object.hasOwn(properties, part)) return properties[part];
    return typeof additionalProperties === 'object' ? additionalProperties : undefined;
  }, root);
}
