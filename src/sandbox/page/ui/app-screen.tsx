import { useEffect } from 'react';
import { Blocks } from './blocks/blocks.tsx';
import { Surface } from './blocks/surface.tsx';
import { ChannelScreen } from './channel-screen.tsx';
import { Screen } from './screen.tsx';
import { appChannel } from './seen.ts';
import type { Tab } from './standing.ts';
import { useHere } from './workspace-context.ts';

interface Parts {
  readonly tab: Tab;
  readonly go: (tab: Tab) => void;
  readonly openThread: (channel: string, ts: string) => void;
}

/** The app itself: its home tab, and the direct conversation with it. */
export function AppScreen({ tab, go, openThread }: Parts) {
  const { world, me, act } = useHere();
  const name = world.people.users.find(({ id }) => id === world.bot)?.realName ?? 'App';
  const conversation = appChannel(world, me.id);
  const user = me.id;
  useEffect(() => {
    void act({ kind: 'open app', user, tab });
  }, [user, tab, act]);
  const tabs = (
    <div className="tabs" role="tablist" aria-label={name}>
      {(['home', 'messages'] as const).map((each) => (
        <button key={each} type="button" role="tab" aria-selected={tab === each} onClick={() => go(each)}>
          {each === 'home' ? 'Home' : 'Messages'}
        </button>
      ))}
    </div>
  );
  if (tab === 'messages' && conversation !== undefined) {
    return <ChannelScreen channel={conversation} title={name} tabs={tabs} openThread={openThread} />;
  }
  return (
    <Screen title={name} tabs={tabs}>
      <div className="home">{tab === 'home' && <Home name={name} />}</div>
    </Screen>
  );
}

function Home({ name }: { readonly name: string }) {
  const { world, me } = useHere();
  const home = world.views.find(({ kind, user }) => kind === 'home' && user === me.id);
  if (home === undefined) return <p className="empty">{name} has published nothing here.</p>;
  return (
    <Surface place={{ kind: 'view', id: home.id }}>
      <Blocks blocks={home.blocks} />
    </Surface>
  );
}
