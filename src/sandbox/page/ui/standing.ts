import { useEffect, useState } from 'react';

/** Who one is and where one looks; kept in the address, so that a page can be opened again as it is. */
export interface Standing {
  readonly user: string;
  readonly at:
    { readonly kind: 'channel'; readonly id: string } | { readonly kind: 'app'; readonly tab: Tab };
}

export type Tab = 'home' | 'messages';

/** `#/U0BOB/C0DEPLOYS`, or `#/U0BOB/app/home`. */
export function useStanding(first: Standing): readonly [Standing, (standing: Standing) => void] {
  const [standing, setStanding] = useState(() => standingIn(location.hash) ?? first);
  useEffect(() => {
    const look = () => setStanding((before) => standingIn(location.hash) ?? before);
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  useEffect(() => history.replaceState(null, '', hashOf(standing)), [standing]);
  return [standing, setStanding];
}

function hashOf({ user, at }: Standing): string {
  return `#/${user}/${at.kind === 'app' ? `app/${at.tab}` : at.id}`;
}

function standingIn(hash: string): Standing | null {
  const [, user, place, tab] = hash.split('/');
  if (user === undefined || place === undefined) return null;
  if (place !== 'app') return { user, at: { kind: 'channel', id: place } };
  return { user, at: { kind: 'app', tab: tab === 'messages' ? 'messages' : 'home' } };
}
