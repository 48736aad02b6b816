import type { Choice } from './chosen.ts';
import { asObject, asText, objectsIn, type Json } from './json.ts';

/** What an element holds before anybody touches it, as a person would have chosen it. */
export function initialChoice(element: Json): Choice {
  const many = element['initial_options'];
  if (Array.isArray(many)) return objectsIn(many).map(valueOf);
  const ids = ['initial_users', 'initial_channels', 'initial_conversations']
    .map((key) => element[key])
    .find((value) => Array.isArray(value));
  if (Array.isArray(ids)) return ids.map(String);
  const option = asObject(element['initial_option']);
  if (option !== undefined) return valueOf(option);
  const moment = element['initial_date_time'];
  if (typeof moment === 'number') return String(moment);
  return single.map((key) => asText(element[key])).find((value) => value !== undefined) ?? '';
}

const single = [
  'initial_value',
  'initial_date',
  'initial_time',
  'initial_user',
  'initial_channel',
  'initial_conversation',
] as const;

function valueOf(option: Json): string {
  return asText(option['value']) ?? '';
}
