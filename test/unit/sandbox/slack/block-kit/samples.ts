export const x = (length: number) => 'x'.repeat(length);
export const times = <T>(length: number, make: (index: number) => T) =>
  Array.from({ length }, (_, index) => make(index));
export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const divider = { type: 'divider' };
export const section = (fields: object) => ({ type: 'section', ...fields });
export const actions = (...elements: readonly object[]) => ({ type: 'actions', elements });
export const button = (fields: object = {}) => ({ type: 'button', text: plain('Scale'), ...fields });
export const option = (fields: object = {}) => ({ text: plain('web'), value: 'web', ...fields });
export const select = (fields: object = {}) => ({ type: 'static_select', options: [option()], ...fields });
export const input = (fields: object = {}) => ({
  type: 'input',
  label: plain('Replicas'),
  element: { type: 'plain_text_input' },
  ...fields,
});
export const raw = (text: string) => ({ type: 'raw_text', text });
export const rich = (...elements: readonly object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
export const table = (rows: readonly (readonly object[])[], fields: object = {}) => ({
  type: 'table',
  rows,
  ...fields,
});
export const confirm = (fields: object = {}) => ({
  title: plain('Sure?'),
  text: plain('From 2 to 3'),
  ...fields,
});
