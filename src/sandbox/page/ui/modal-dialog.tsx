import { useState } from 'react';
import type { Given, View } from '../protocol.ts';
import { Blocks } from './blocks/blocks.tsx';
import { Surface } from './blocks/surface.tsx';
import { Dialog } from './dialog.tsx';
import { useHere } from './workspace-context.ts';

export function ModalDialog({ view }: { readonly view: View }) {
  const { me, act } = useHere();
  const [given, setGiven] = useState<Given>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    setBusy(true);
    setTrouble(null);
    const result = await act({ kind: 'submit', user: me.id, view: view.id, given });
    setBusy(false);
    setErrors(result.kind === 'errors' ? result.errors : {});
    if (result.kind === 'trouble') setTrouble(result.reason);
  }
  const close = () => void act({ kind: 'close', user: me.id, view: view.id });
  return (
    <Dialog title={view.title} close={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        <div className="dialog__body">
          {trouble !== null && (
            <p className="problem" role="alert">
              {trouble}
            </p>
          )}
          <Surface place={{ kind: 'view', id: view.id }} errors={errors} given={given} setGiven={setGiven}>
            <Blocks blocks={view.blocks} />
          </Surface>
        </div>
        <footer className="dialog__foot">
          <button type="button" className="button" onClick={close}>
            {view.close}
          </button>
          {view.submit !== null && (
            <button type="submit" className="button button--primary" disabled={isBusy}>
              {view.submit}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
