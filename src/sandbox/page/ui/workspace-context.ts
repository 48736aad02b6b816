import { createContext, useContext, type RefObject } from 'react';
import type { User } from '../protocol.ts';
import type { Act } from './live.ts';
import type { World } from './world.ts';

/** Puts a text where one types. */
export type Compose = (text: string) => void;

export interface Here {
  readonly world: World;
  /** Who one is. */
  readonly me: User;
  readonly act: Act;
  /** Says at the edge of the page what went wrong. */
  readonly warn: (sentence: string) => void;
  /** The channel's composer, while there is one. */
  readonly composer: RefObject<Compose | null>;
}

export const HereContext = createContext<Here | null>(null);

/** The workspace, and who one is in it. @throws outside of the page. */
export function useHere(): Here {
  const here = useContext(HereContext);
  if (here === null) throw new Error('This is shown outside of the page.');
  return here;
}
