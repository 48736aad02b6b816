/**
 * Slack's limits, in items or characters.
 * Source: https://docs.slack.dev/reference/block-kit; `blockCharacters` is written nowhere, and was measured.
 */
export const limits = {
  blocks: { message: 50, modal: 100, home: 100 },
  attachments: 100,
  /** `chat.postMessage` cuts a longer text; `chat.update` refuses one longer than `updatedText`. */
  text: 40_000,
  updatedText: 4000,
  /** All text in all blocks of one message. */
  blockCharacters: 13_200,
  textObject: 3000,
  sectionFields: 10,
  sectionField: 2000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  altText: 2000,
  imageTitle: 2000,
  imageUrl: 3000,
  markdown: 12_000,
  id: 255,
  button: { text: 75, value: 2000, url: 3000, accessibilityLabel: 75 },
  options: { select: 100, choice: 10, overflow: 5, groups: 100 },
  option: { text: 75, value: 75, description: 75 },
  confirm: { title: 100, text: 300, button: 30 },
  placeholder: 150,
  input: { label: 2000, hint: 2000, text: 3000 },
  table: { rows: 100, columns: 20, characters: 10_000, perMessage: 1 },
  view: { title: 24, button: 24, privateMetadata: 3000, callbackId: 255, bytes: 250_000, stack: 3 },
  upload: { snippet: 1_000_000 },
} as const;
