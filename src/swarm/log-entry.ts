/** One line that a task wrote. */
export interface LogLine {
  readonly kind: 'line';
  readonly stream: 'stdout' | 'stderr';
  /** RFC 3339 in UTC, to the nanosecond; '' when the engine gave none. */
  readonly time: string;
  /** Ids of the node and the task; '' when the engine gave none. */
  readonly node: string;
  readonly task: string;
  /** As it was written, without its line end; at most 16,384 characters. */
  readonly text: string;
  /** The line was longer. */
  readonly cut: boolean;
}

/** The engine says, in its own words, what is missing; lines may still follow. */
interface LogGap {
  readonly kind: 'gap';
  readonly text: string;
}

export type LogEntry = LogLine | LogGap;
