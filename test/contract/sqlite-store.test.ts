import { sqliteStore } from '../../src/store/sqlite-store.ts';
import { temporaryDatabase } from '../unit/store/temporary-database.ts';
import { storeContract } from './store.contract.ts';

storeContract('SQLite', () => {
  const { path, [Symbol.dispose]: remove } = temporaryDatabase();
  return {
    open: (now = () => 0) => sqliteStore({ file: path, now }),
    [Symbol.asyncDispose]: async () => remove(),
  };
});
