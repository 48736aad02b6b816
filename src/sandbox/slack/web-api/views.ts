import { z } from 'zod';
import { checkView } from '../block-kit/check-blocks.ts';
import { withIds } from '../content.ts';
import { asObject, objectsIn, type Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';
import type { OpenView } from '../views.ts';
import { method, nested } from './method.ts';
import { viewShape } from './shapes.ts';

/** https://docs.slack.dev/reference/methods?family=views */
const view = nested('invalid_arguments');
const opening = z.object({ trigger_id: z.string(), view });

export const viewMethods = {
  'views.open': method({
    scopes: [],
    rate: 100,
    args: opening,
    run: (args, { state }) => opened(args, state, false),
  }),
  'views.push': method({
    scopes: [],
    rate: 100,
    args: opening,
    run: (args, { state }) => opened(args, state, true),
  }),
  'views.update': method({
    scopes: [],
    rate: 100,
    args: z.object({
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      hash: z.string().optional(),
      view,
    }),
    run(args, { state }) {
      const open = state.views.find(args.view_id ?? args.external_id ?? '');
      if (open === undefined) throw new Refusal('not_found');
      const content = checkedView(args.view, open.kind, state);
      return { view: viewShape(state.views.update(open, content, args.hash), state) };
    },
  }),
  'views.publish': method({
    scopes: [],
    rate: 100,
    args: z.object({ user_id: z.string(), hash: z.string().optional(), view }),
    run(args, { state }) {
      if (state.directory.user(args.user_id) === undefined) throw new Refusal('user_not_found');
      const before = state.views.home(args.user_id);
      if (args.hash !== undefined && before?.hash !== args.hash) throw new Refusal('hash_conflict');
      const content = checkedView(args.view, 'home', state);
      return { view: viewShape(state.views.publish(args.user_id, content), state) };
    },
  }),
};

/** @throws Refusal as `views.open` does. */
export function checkedView(given: unknown, kind: OpenView['kind'], state: State): Json {
  checkView(given, kind);
  const content = asObject(given) ?? {};
  const blocks = withIds(objectsIn(content['blocks']), state.ids);
  if (kind === 'modal' && content['submit'] === undefined && blocks.some(({ type }) => type === 'input')) {
    throw new Refusal('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] missing required field: submit [json-pointer:/view]'] },
    });
  }
  return { ...content, blocks };
}

function opened(args: z.infer<typeof opening>, state: State, onTop: boolean): Json {
  const content = checkedView(args.view, 'modal', state);
  const user = state.triggers.spend(args.trigger_id);
  return { view: viewShape(state.views.open(user, content, onTop), state) };
}
