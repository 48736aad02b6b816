/**
 * A flag as the docker CLI has it. `list` may be repeated; `value` names what it takes in the usage line.
 * Keys of `Flags` are the long names, without dashes.
 */
export type Flag =
  | { readonly type: 'boolean'; readonly short?: string; readonly summary: string }
  | {
      readonly type: 'string' | 'list';
      readonly short?: string;
      readonly value: string;
      readonly summary: string;
    };

export type Flags = Readonly<Record<string, Flag>>;

/** What a command line holds after its command's own words. Flags that weren't given are absent. */
export interface CommandLine {
  readonly args: readonly string[];
  readonly flags: Readonly<Record<string, boolean | string | readonly string[]>>;
}

/** Flags in the words of `parseArgs` of node:util. */
export function parseArgsOptions(flags: Flags) {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      {
        type: flag.type === 'boolean' ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(flag.short === undefined ? {} : { short: flag.short }),
      },
    ]),
  );
}
