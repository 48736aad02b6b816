import { z } from 'zod';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { method, type Method } from './method.ts';
import { peopleMethods } from './people.ts';
import { viewMethods } from './views.ts';

/** Every method of the Web API that the workspace knows: https://docs.slack.dev/reference/methods */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries<Method>({
    ...chatMethods,
    ...conversationMethods,
    ...fileMethods,
    ...peopleMethods,
    ...viewMethods,
    'apps.connections.open': method({
      token: 'app',
      scopes: [],
      rate: 20,
      args: z.object({}),
      run: (_, { openConnection }) => ({ url: openConnection() }),
    }),
  }),
);
