/** Another way to write an operation: plain words that stand for the operation's own, or words that mean some of its flags. */
export type ShortForm = readonly string[] | MappedForm;

export interface MappedForm {
  readonly words: readonly string[];
  /** The usage line's arguments: `NODE`. */
  readonly arguments: string;
  /** A command that works: `drain node3`. */
  readonly example: string;
  /**
   * What was typed after the form's words, as the words that come after the operation's own.
   * @throws Failure `input` when it can't be told what was meant.
   */
  expand(args: readonly string[]): readonly string[];
}

export function shortFormWords(form: ShortForm): readonly string[] {
  return 'words' in form ? form.words : form;
}

/** As help and the reference page show it: `nodes`, `drain NODE`. */
export function shortFormUsage(form: ShortForm): string {
  return 'words' in form ? [...form.words, form.arguments].join(' ') : form.join(' ');
}
