import type { Path } from './problem.ts';

/** Something wrong in a configuration that could be read, before it is known on which line it stands. */
export interface Mistake {
  readonly path: Path;
  /** What a reader should look at: the key, or what it stands for. */
  readonly of: 'key' | 'value';
  readonly message: string;
  /** What would be right, when it is known better than from the schema: `role: operator`. */
  readonly example?: string;
}
