import { checkMessageBlocks } from './block-kit/check-blocks.ts';
import { limits } from './block-kit/limits.ts';
import type { Ids } from './ids.ts';
import { asObject, objectsIn, type Json } from './json.ts';
import type { Content } from './messages.ts';
import { Refusal } from './refusal.ts';

export interface GivenContent {
  readonly text?: string | undefined;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
}

/**
 * Checks what is to be posted. A text over the limit is cut, as Slack does.
 * @throws Refusal `no_text`, `invalid_blocks_format`, `invalid_blocks`, `msg_blocks_too_long`, `invalid_attachments`,
 * `too_many_attachments`.
 */
export function checkContent({ text = '', blocks = [], attachments = [] }: GivenContent, ids: Ids): Content {
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  if (!Array.isArray(attachments)) throw new Refusal('invalid_attachments');
  if (attachments.length > limits.attachments) throw new Refusal('too_many_attachments');
  if (text === '' && blocks.length === 0 && attachments.length === 0) throw new Refusal('no_text');
  checkMessageBlocks(blocks);
  for (const attachment of objectsIn(attachments)) checkMessageBlocks(objectsIn(attachment['blocks']));
  return {
    text: text.slice(0, limits.text),
    blocks: withIds(objectsIn(blocks), ids),
    attachments: objectsIn(attachments),
  };
}

/** Gives blocks and elements the ids that the app left out. */
export function withIds(blocks: readonly Json[], ids: Ids): readonly Json[] {
  return blocks.map((block) => {
    const { element, accessory } = block;
    return {
      ...block,
      block_id: block['block_id'] ?? ids.next('b'),
      ...(block['type'] === 'actions'
        ? { elements: objectsIn(block['elements']).map((item) => withActionId(item, ids)) }
        : {}),
      ...withActionIdUnder('element', element, ids),
      ...withActionIdUnder('accessory', accessory, ids),
    };
  });
}

function withActionIdUnder(key: string, value: unknown, ids: Ids): Json {
  const element = asObject(value);
  return element === undefined ? {} : { [key]: withActionId(element, ids) };
}

function withActionId(element: Json, ids: Ids): Json {
  return { ...element, action_id: element['action_id'] ?? ids.next('a') };
}
