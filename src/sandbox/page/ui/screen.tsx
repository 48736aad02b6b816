import type { ReactNode } from 'react';

interface Parts {
  readonly title: string;
  /** Beside the title. */
  readonly note?: string;
  /** Above the title. */
  readonly tabs?: ReactNode;
  readonly children: ReactNode;
}

/** What one looks at: a channel, or the app's home. */
export function Screen({ title, note, tabs, children }: Parts) {
  return (
    <main className="screen">
      {tabs}
      <header className="screen__header">
        <h1>{title}</h1>
        {note !== undefined && <span className="screen__note">{note}</span>}
      </header>
      {children}
    </main>
  );
}
