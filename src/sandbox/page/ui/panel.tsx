import { Inspector } from './inspector.tsx';
import { ScenarioList } from './scenario-list.tsx';
import { ThreadPanel } from './thread-panel.tsx';
import { Tour } from './tour.tsx';

/** What stands beside the messages. */
export type PanelKind =
  | { readonly kind: 'tour' | 'inspector' | 'scenarios' }
  | { readonly kind: 'thread'; readonly channel: string; readonly ts: string };

interface Parts {
  readonly panel: PanelKind;
  readonly close: () => void;
}

const titles = {
  tour: 'Your first five minutes',
  inspector: 'Inspector',
  scenarios: 'Scenarios',
  thread: 'Thread',
} as const;

export function Panel({ panel, close }: Parts) {
  return (
    <aside className="panel" aria-label={titles[panel.kind]}>
      <header className="screen__header">
        <h2>{titles[panel.kind]}</h2>
        <button type="button" className="close" aria-label={`Close ${titles[panel.kind]}`} onClick={close}>
          ×
        </button>
      </header>
      <PanelBody panel={panel} />
    </aside>
  );
}

function PanelBody({ panel }: { readonly panel: PanelKind }) {
  switch (panel.kind) {
    case 'tour':
      return <Tour />;
    case 'inspector':
      return <Inspector />;
    case 'scenarios':
      return <ScenarioList />;
    case 'thread':
      return <ThreadPanel key={panel.ts} channel={panel.channel} ts={panel.ts} />;
  }
}
