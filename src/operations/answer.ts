/**
 * What an operation says back: a small vocabulary of our own. Every string in it is plain text and may come from an
 * engine; whoever shows it escapes it. `slack/` alone turns it into Block Kit and keeps Slack's limits.
 */
export type Answer = readonly Part[];

/** A run of text. `person`, `group` (a user group) and `channel` are Slack ids; `time` is milliseconds since 1970. */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly person: string }
  | { readonly group: string }
  | { readonly channel: string }
  | { readonly time: number };

/** `person` and `channel` are Slack ids, shown as their names. */
export type TableCell =
  | { readonly text: string; readonly strong?: boolean }
  | { readonly person: string }
  | { readonly channel: string };

export type Part =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: readonly Inline[] }
  /** Small print: what is missing, what was hidden, when it was read. */
  | { readonly kind: 'note'; readonly text: readonly Inline[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | Table
  /** Monospaced, kept as it is. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number; readonly label: string }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] };

export interface Fact {
  readonly label: string;
  readonly value: readonly Inline[];
}

export interface Table {
  readonly kind: 'table';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | TableCell)[])[];
  /** Said in place of a table without rows. */
  readonly empty: string;
}

/** A button stands for a command line, run as if whoever presses it had typed it: authorized at the click. */
export interface Button {
  readonly label: string;
  /**
   * The words after `/swarm`, the cluster among them (see `commandWords`): `['-c', 'prod', 'service', 'scale', 'web=4']`.
   */
  readonly command: readonly string[];
  readonly style?: 'primary' | 'danger';
  /** Asked before the command is run; whatever changes something has one, or a form. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly ok: string };
  /** It changes nothing although it has a dialog: it works as often as it is pressed. */
  readonly repeatable?: true;
  /**
   * Stands for what the dialog says will happen, where that can become something else before the click: then the click is
   * refused, and what would happen now is shown. Nobody sees it.
   */
  readonly pin?: string;
  /**
   * Asks for a value first. `{}` in one of the command's words stands for it: `web={}`.
   */
  readonly form?: {
    readonly title: string;
    readonly label: string;
    readonly initial: string;
    readonly submit: string;
    /** The value is a whole number, of this size: Slack says so at the field, before anything is asked for. */
    readonly number?: { readonly min: number; readonly max: number };
  };
}
