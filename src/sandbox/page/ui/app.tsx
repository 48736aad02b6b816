import { useCallback, useMemo, useRef, useState } from 'react';
import { ChannelScreen } from './channel-screen.tsx';
import { AppScreen } from './app-screen.tsx';
import { Modals } from './modals.tsx';
import { Panel, type PanelKind } from './panel.tsx';
import { channelsOf, peopleIn } from './seen.ts';
import { Sidebar } from './sidebar.tsx';
import { useStanding } from './standing.ts';
import { useLive, type Act } from './live.ts';
import { TopBar } from './top-bar.tsx';
import { HereContext, type Compose, type Here } from './workspace-context.ts';
import { useChannelKeys } from './channel-keys.ts';
import type { World } from './world.ts';

export function App() {
  const { world, isConnected, act } = useLive();
  if (world === null) {
    return (
      <p className="waiting" role="status">
        Connecting to the sandbox…
      </p>
    );
  }
  return <Workspace world={world} isConnected={isConnected} act={act} />;
}

interface Parts {
  readonly world: World;
  readonly isConnected: boolean;
  readonly act: Act;
}

function Workspace({ world, isConnected, act }: Parts) {
  const people = peopleIn(world);
  const [standing, setStanding] = useStanding({
    user: people[0]?.id ?? '',
    at: { kind: 'channel', id: world.people.channels[0]?.id ?? '' },
  });
  const me = people.find(({ id }) => id === standing.user) ?? people[0];
  const [warning, setWarning] = useState<string | null>(null);
  const [panel, setPanel] = useState<PanelKind | null>(() => firstPanel(world));
  const composer = useRef<Compose | null>(null);
  const warn = useCallback((sentence: string) => setWarning(sentence), []);
  const here = useMemo<Here | null>(
    () => (me === undefined ? null : { world, me, act, warn, composer }),
    [world, me, act, warn],
  );
  const channels = me === undefined ? [] : channelsOf(world, me.id);
  useChannelKeys(standing, channels, setStanding);
  if (here === null || me === undefined) return <p className="waiting">There is nobody in this workspace.</p>;

  const { at } = standing;
  const channel =
    at.kind === 'channel' ? (channels.find(({ id }) => id === at.id) ?? channels[0]) : undefined;
  const openThread = (of: string, ts: string) => setPanel({ kind: 'thread', channel: of, ts });
  return (
    <HereContext value={here}>
      <div className={panel === null ? 'page' : `page page--with-${panel.kind}`}>
        <TopBar
          people={people}
          isConnected={isConnected}
          panel={panel}
          become={(user) => setStanding({ ...standing, user })}
          show={setPanel}
        />
        <Sidebar standing={standing} channels={channels} go={(to) => setStanding({ ...standing, at: to })} />
        {at.kind === 'app' || channel === undefined ? (
          <AppScreen
            key={me.id}
            tab={at.kind === 'app' ? at.tab : 'home'}
            go={(tab) => setStanding({ ...standing, at: { kind: 'app', tab } })}
            openThread={openThread}
          />
        ) : (
          <ChannelScreen
            key={`${me.id} ${channel.id}`}
            channel={channel}
            title={`# ${channel.name}`}
            openThread={openThread}
          />
        )}
        {panel !== null && <Panel panel={panel} close={() => setPanel(null)} />}
      </div>
      <Modals key={me.id} />
      {warning !== null && (
        <div className="toast" role="alert">
          {warning}
          <button type="button" aria-label="Dismiss" onClick={() => setWarning(null)}>
            ×
          </button>
        </div>
      )}
    </HereContext>
  );
}

/** The tour, where there is room for it. */
function firstPanel({ tour }: World): PanelKind | null {
  return tour.length > 0 && matchMedia('(width >= 900px)').matches ? { kind: 'tour' } : null;
}
