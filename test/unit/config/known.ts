import { operations } from '../../../src/operations/table.ts';
import type { Known } from '../../../src/config/cross-checks.ts';

export const known: Known = { operations: operations.map(({ name }) => name) };
