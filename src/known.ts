import { operations } from './operations/table.ts';

/** What a configuration is checked against: the operations that there are. */
export const known = { operations: operations.map(({ name }) => name) };
