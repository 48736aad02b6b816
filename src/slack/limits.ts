/**
 * Slack's limits for what is sent to it, in characters unless said otherwise.
 * https://docs.slack.dev/reference/block-kit/blocks, …/block-elements, …/composition-objects
 */
export const limits = {
  /** `text` of a message: `chat.update` rejects more. */
  fallback: 4_000,
  blocks: 50,
  /** Over all blocks of a message. Unwritten: about 13,200 characters give `msg_blocks_too_long`. */
  message: 12_000,
  textObject: 3_000,
  contextText: 2_000,
  contextElements: 10,
  header: 150,
  tableRows: 100,
  tableColumns: 20,
  table: 10_000,
  actions: 25,
  buttonLabel: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  viewButton: 24,
  inputLabel: 2_000,
  inputValue: 3_000,
} as const;
