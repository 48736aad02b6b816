import type { Control } from './controls.ts';
import type { Json } from './json.ts';

/** The options that an app offered in answer to what was typed into a menu: what is chosen later is one of them. */
export interface Offers {
  remember(user: string, control: Control, options: readonly Json[]): void;
  /** The control with what it last offered this user among its options. */
  complete(user: string, control: Control): Control;
}

export function createOffers(): Offers {
  const offered = new Map<string, readonly Json[]>();
  const key = (user: string, { blockId, actionId }: Control) => JSON.stringify([user, blockId, actionId]);
  return {
    remember: (user, control, options) => void offered.set(key(user, control), options),
    complete: (user, control) => ({
      ...control,
      options: [...control.options, ...(offered.get(key(user, control)) ?? [])],
    }),
  };
}
