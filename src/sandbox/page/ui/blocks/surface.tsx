import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Choice, Given, Place, Result } from '../../protocol.ts';
import { useHere } from '../workspace-context.ts';

/** Where blocks stand, and what is filled in there. */
interface SurfaceParts {
  readonly place: Place;
  readonly given: Given;
  readonly set: (block: string, action: string, choice: Choice) => void;
  /** By block id. */
  readonly errors: Readonly<Record<string, string>>;
}

const SurfaceContext = createContext<SurfaceParts | null>(null);

interface Parts {
  readonly place: Place;
  readonly children: ReactNode;
  readonly errors?: Readonly<Record<string, string>>;
  /** Kept by whoever submits it; by the surface itself when absent. */
  readonly given?: Given;
  readonly setGiven?: (given: Given) => void;
}

const noErrors: SurfaceParts['errors'] = {};

export function Surface({ place, children, errors = noErrors, given, setGiven }: Parts) {
  const [own, setOwn] = useState<Given>({});
  const all = given ?? own;
  const setAll = setGiven ?? setOwn;
  const surface = useMemo<SurfaceParts>(
    () => ({
      place,
      given: all,
      set: (block, action, choice) => setAll({ ...all, [`${block} ${action}`]: choice }),
      errors,
    }),
    [place, all, setAll, errors],
  );
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}

export interface Control {
  /** What it holds; undefined before anybody touched it. */
  readonly choice: Choice | undefined;
  readonly set: (choice: Choice) => void;
  readonly press: () => Promise<void>;
  /** Tells the app of a choice. */
  readonly choose: (choice: Choice) => Promise<void>;
  readonly suggest: (typed: string) => Promise<Result>;
}

/** The control with these ids, in the surface around it. */
export function useControl(block: string, action: string): Control {
  const { place, given, set } = useSurface();
  const { me, act, warn } = useHere();
  const whose = { user: me.id, place, block, action };

  function tell(result: Result): void {
    if (result.kind === 'trouble') warn(result.reason);
  }
  return {
    choice: given[`${block} ${action}`],
    set: (choice) => set(block, action, choice),
    press: async () => tell(await act({ kind: 'press', ...whose, given })),
    choose: async (choice) => tell(await act({ kind: 'choose', ...whose, choice, given })),
    suggest: (typed) => act({ kind: 'suggest', ...whose, typed }),
  };
}

/** @throws outside of a surface. */
export function useSurface(): SurfaceParts {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error('These blocks stand nowhere.');
  return surface;
}
