import type { Confirm } from '@slack/types';
import { useState, type ReactNode } from 'react';
import { Dialog } from '../dialog.tsx';
import { Text } from './text.tsx';

interface Asked {
  readonly confirm: Confirm;
  readonly go: () => void;
}

interface Confirmed {
  /** Does it at once, or after the dialog was accepted. */
  readonly ask: (confirm: Confirm | undefined, go: () => void) => void;
  /** The dialog, while it is open. */
  readonly dialog: ReactNode;
}

/** Asks before something is done, when the app wants it to be asked. */
export function useConfirmed(): Confirmed {
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return {
    ask(confirm, go) {
      if (confirm === undefined) go();
      else setAsked({ confirm, go });
    },
    dialog: asked !== null && (
      <Dialog title={asked.confirm.title?.text ?? 'Are you sure?'} close={close} role="alertdialog">
        <div className="dialog__body">
          <Text text={asked.confirm.text} />
        </div>
        <footer className="dialog__foot">
          <button type="button" className="button" onClick={close}>
            {asked.confirm.deny?.text ?? 'Cancel'}
          </button>
          <button
            type="button"
            data-first
            className={`button button--${asked.confirm.style ?? 'primary'}`}
            onClick={() => {
              close();
              asked.go();
            }}
          >
            {asked.confirm.confirm?.text ?? 'Yes'}
          </button>
        </footer>
      </Dialog>
    ),
  };
}
