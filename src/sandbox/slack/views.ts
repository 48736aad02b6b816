import { limits } from './block-kit/limits.ts';
import type { Happenings } from './happenings.ts';
import type { Ids } from './ids.ts';
import { asText, type Json } from './json.ts';
import { Refusal } from './refusal.ts';

/** A view that somebody has before them: a modal, or the app's home tab. */
export interface OpenView {
  readonly id: string;
  readonly hash: string;
  readonly user: string;
  readonly kind: 'modal' | 'home';
  /** The view as the app gave it. */
  readonly content: Json;
  readonly rootId: string;
  readonly previousId: string | null;
}

export interface Views {
  /** Opens a modal, on top of those that are open when `onTop`. @throws Refusal `push_limit_reached`. */
  open(user: string, content: Json, onTop: boolean): OpenView;
  /** @throws Refusal `hash_conflict` when the view moved on since `hash`. */
  update(view: OpenView, content: Json, hash: string | undefined): OpenView;
  publish(user: string, content: Json): OpenView;
  close(view: OpenView): void;
  closeAll(user: string): void;
  /** A user's modals, the one in front last. */
  modals(user: string): readonly OpenView[];
  home(user: string): OpenView | undefined;
  find(idOrExternalId: string): OpenView | undefined;
}

export function createViews(ids: Ids, happenings: Happenings): Views {
  const stacks = new Map<string, readonly OpenView[]>();
  const homes = new Map<string, OpenView>();
  const stack = (user: string) => stacks.get(user) ?? [];
  const all = () => [...[...stacks.values()].flat(), ...homes.values()];

  function closeAll(user: string): void {
    for (const view of stack(user).toReversed()) happenings.tell({ kind: 'view', change: 'closed', view });
    stacks.delete(user);
  }

  function put(view: OpenView): void {
    if (view.kind === 'home') homes.set(view.user, view);
    else {
      stacks.set(
        view.user,
        stack(view.user).map((other) => (other.id === view.id ? view : other)),
      );
    }
  }

  return {
    open(user, content, onTop) {
      if (!onTop) closeAll(user);
      const below = stack(user);
      if (below.length >= limits.view.stack) throw new Refusal('push_limit_reached');
      const id = ids.next('V');
      const view: OpenView = {
        id,
        hash: ids.timestamp(),
        user,
        kind: 'modal',
        content,
        rootId: below[0]?.id ?? id,
        previousId: below.at(-1)?.id ?? null,
      };
      stacks.set(user, [...below, view]);
      happenings.tell({ kind: 'view', change: 'opened', view });
      return view;
    },
    update(view, content, hash) {
      if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict');
      const updated = { ...view, content, hash: ids.timestamp() };
      put(updated);
      happenings.tell({ kind: 'view', change: 'updated', view: updated });
      return updated;
    },
    publish(user, content) {
      const id = homes.get(user)?.id ?? ids.next('V');
      const view: OpenView = {
        id,
        hash: ids.timestamp(),
        user,
        kind: 'home',
        content,
        rootId: id,
        previousId: null,
      };
      homes.set(user, view);
      happenings.tell({ kind: 'view', change: 'updated', view });
      return view;
    },
    close(view) {
      stacks.set(
        view.user,
        stack(view.user).filter((other) => other.id !== view.id),
      );
      happenings.tell({ kind: 'view', change: 'closed', view });
    },
    closeAll,
    modals: stack,
    home: (user) => homes.get(user),
    find: (id) => all().find((view) => view.id === id || asText(view.content['external_id']) === id),
  };
}
