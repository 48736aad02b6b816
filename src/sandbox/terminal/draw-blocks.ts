import type { Control } from '../slack/controls.ts';
import { textOf } from '../slack/controls.ts';
import { asText, objectsIn, type Json } from '../slack/json.ts';
import { drawRichText } from './draw-rich-text.ts';
import { drawTable } from './draw-table.ts';
import { harmlessText } from './harmless-text.ts';
import type { Names } from './names.ts';
import { readMrkdwn } from './read-mrkdwn.ts';

export interface Drawing {
  readonly names: Names;
  /** The number that stands before a control. */
  readonly numberOf: (blockId: string, actionId: string) => number | undefined;
}

/** Blocks as lines for a terminal. */
export function drawBlocks(blocks: readonly Json[], drawing: Drawing): readonly string[] {
  return blocks.flatMap((block) => drawBlock(block, drawing));
}

function drawBlock(block: Json, drawing: Drawing): readonly string[] {
  const { names } = drawing;
  switch (block['type']) {
    case 'header':
      return lines(`== ${textOf(block['text'])} ==`);
    case 'section': {
      const texts = [block['text'], ...objectsIn(block['fields'])].filter((text) => text !== undefined);
      return [
        ...texts.flatMap((text) => lines(words(text, names))),
        ...drawControls(block, objectsIn([block['accessory']]), drawing),
      ];
    }
    case 'context':
      return lines(
        objectsIn(block['elements'])
          .map((element) => asText(element['alt_text']) ?? words(element, names))
          .join(' ')
          .replaceAll(/ {2,}/g, ' '),
      );
    case 'rich_text':
      return lines(drawRichText(block, names));
    case 'table':
    case 'data_table':
      return drawTable(tableCells(block, names));
    case 'actions':
      return drawControls(block, objectsIn(block['elements']), drawing);
    case 'input':
      return lines(`${textOf(block['label'])}:`);
    case 'divider':
      return ['────'];
    case 'image':
      return lines(`[image: ${asText(block['alt_text']) ?? ''}]`);
    default:
      return lines(asText(block['text']) ?? textOf(block['text']));
  }
}

function tableCells(block: Json, names: Names): readonly (readonly string[])[] {
  const rows = Array.isArray(block['rows']) ? block['rows'] : [];
  return rows.map((row) =>
    objectsIn(row).map((cell) =>
      harmlessText(cell['type'] === 'rich_text' ? drawRichText(cell, names) : (asText(cell['text']) ?? '')),
    ),
  );
}

function drawControls(block: Json, elements: readonly Json[], { numberOf }: Drawing): readonly string[] {
  const drawn = elements.flatMap((element) => {
    const number = numberOf(asText(block['block_id']) ?? '', asText(element['action_id']) ?? '');
    const label = textOf(element['text']) || textOf(element['placeholder']);
    return number === undefined ? [] : [`[${number}] ${harmlessText(label)}`];
  });
  return drawn.length === 0 ? [] : [drawn.join('   ')];
}

function words(text: unknown, names: Names): string {
  const [object] = objectsIn([text]);
  const plain = textOf(text);
  return object?.['type'] === 'mrkdwn' ? readMrkdwn(plain, names) : plain;
}

function lines(text: string): readonly string[] {
  return text === '' ? [] : harmlessText(text).split('\n');
}

/** A menu's options, to choose from. */
export function optionLabels({ options }: Control): readonly string[] {
  return options.map((option) => harmlessText(textOf(option['text'])));
}
