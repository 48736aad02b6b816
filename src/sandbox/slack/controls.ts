import { asObject, asText, objectsIn, type Json } from './json.ts';
import type { Message } from './messages.ts';
import type { OpenView } from './views.ts';

/** Something in a message or a view that a person can press, choose or fill in. */
export interface Control {
  readonly blockId: string;
  readonly actionId: string;
  readonly type: string;
  /** What is written on or above it. */
  readonly label: string;
  readonly confirm: ConfirmDialog | null;
  readonly style: string | null;
  /** A menu's options; of one that asks the app, those that it starts with. */
  readonly options: readonly Json[];
  readonly isInput: boolean;
  readonly isOptional: boolean;
  readonly element: Json;
}

export interface ConfirmDialog {
  readonly title: string;
  readonly text: string;
  readonly ok: string;
  readonly cancel: string;
}

/** In the order in which they are shown. */
export function controlsOf(where: Message | OpenView): readonly Control[] {
  const blocks = 'ts' in where ? where.blocks : objectsIn(where.content['blocks']);
  return blocks.flatMap((block) => {
    const single = block['type'] === 'input' ? block['element'] : block['accessory'];
    const elements = block['type'] === 'actions' ? objectsIn(block['elements']) : objectsIn([single]);
    return elements
      .filter((element) => element['type'] !== 'image')
      .map((element) => control(block, element));
  });
}

/** Which control: by action id or label, or exactly. */
export type ControlName = string | Pick<Control, 'blockId' | 'actionId'>;

/** @throws when there is no such control, naming those that there are. */
export function controlNamed(where: Message | OpenView, name: ControlName): Control {
  const controls = controlsOf(where);
  const found =
    typeof name === 'string'
      ? (controls.find(({ actionId }) => actionId === name) ?? controls.find(({ label }) => label === name))
      : controls.find(({ blockId, actionId }) => blockId === name.blockId && actionId === name.actionId);
  if (found === undefined) {
    const labels = controls.map(({ label, actionId }) => `${label} (${actionId})`).join(', ');
    const wanted = typeof name === 'string' ? name : name.actionId;
    throw new Error(`There is no ${wanted} to press or fill in; there is: ${labels || 'nothing'}.`);
  }
  return found;
}

function control(block: Json, element: Json): Control {
  const confirm = asObject(element['confirm']);
  const groups = objectsIn(element['option_groups']).flatMap((group) => objectsIn(group['options']));
  return {
    blockId: asText(block['block_id']) ?? '',
    actionId: asText(element['action_id']) ?? '',
    type: asText(element['type']) ?? '',
    label: textOf(block['type'] === 'input' ? block['label'] : (element['text'] ?? element['placeholder'])),
    confirm:
      confirm === undefined
        ? null
        : {
            title: textOf(confirm['title']) || 'Are you sure?',
            text: textOf(confirm['text']),
            ok: textOf(confirm['confirm']) || 'Yes',
            cancel: textOf(confirm['deny']) || 'Cancel',
          },
    style: asText(element['style']) ?? null,
    options: [
      ...objectsIn(element['options']),
      ...groups,
      ...objectsIn([element['initial_option']]),
      ...objectsIn(element['initial_options']),
    ],
    isInput: block['type'] === 'input',
    isOptional: block['optional'] === true,
    element,
  };
}

/** The text in a text object. */
export function textOf(value: unknown): string {
  return asText(asObject(value)?.['text']) ?? '';
}
