/** Slack says no. `code` is Slack's error code, `detail` what goes beside it in the answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** A refusal that points at each mistake, as Slack does: `must be less than 151 characters [json-pointer:/blocks/0/text]`. */
export function refusalOf(code: string, problems: readonly string[]): Refusal {
  return new Refusal(code, {
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  });
}
