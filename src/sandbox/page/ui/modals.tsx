import { ModalDialog } from './modal-dialog.tsx';
import { useHere } from './workspace-context.ts';

/** The modal in front of whoever one is. */
export function Modals() {
  const { world, me } = useHere();
  const front = world.views.findLast(({ kind, user }) => kind === 'modal' && user === me.id);
  return front === undefined ? null : <ModalDialog key={front.id} view={front} />;
}
