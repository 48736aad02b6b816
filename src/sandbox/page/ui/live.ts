import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { FromServer, type Deed, type FromPage, type Result } from '../protocol.ts';
import { worldAfter, type World } from './world.ts';

/** How the page asks for something. Never rejects: what went wrong is a `trouble`. */
export type Act = (deed: Deed) => Promise<Result>;

export interface LiveWorkspace {
  /** Null until the server's first word. */
  readonly world: World | null;
  readonly isConnected: boolean;
  readonly act: Act;
}

const reconnectAfterMs = 500;

/** The workspace as it is now, over a WebSocket that is opened again when it breaks. */
export function useLive(): LiveWorkspace {
  const [world, tell] = useReducer(worldAfter, null);
  const [isConnected, setConnected] = useState(false);
  const line = useRef<Line | null>(null);

  useEffect(() => {
    line.current = openLine(tell, setConnected);
    return () => line.current?.close();
  }, []);
  const act = useCallback<Act>((deed) => line.current?.ask(deed) ?? Promise.resolve(lost), []);
  return { world, isConnected, act };
}

interface Line {
  ask(deed: Deed): Promise<Result>;
  close(): void;
}

const lost: Result = {
  kind: 'trouble',
  reason: 'The sandbox isn’t running, or the connection to it was lost.',
};

function openLine(tell: (told: FromServer) => void, connected: (is: boolean) => void): Line {
  const waiting = new Map<number, (result: Result) => void>();
  let socket = open();
  let count = 0;
  let isClosed = false;

  function open(): WebSocket {
    const opened = new WebSocket(`ws://${location.host}/live`);
    opened.addEventListener('open', () => connected(true));
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => hear(data));
    opened.addEventListener('close', () => {
      connected(false);
      for (const settle of waiting.values()) settle(lost);
      waiting.clear();
      if (!isClosed) setTimeout(() => (socket = isClosed ? socket : open()), reconnectAfterMs);
    });
    return opened;
  }

  function hear(data: string): void {
    const told = FromServer.parse(JSON.parse(data));
    if (told.kind === 'result') {
      waiting.get(told.request)?.(told.result);
      waiting.delete(told.request);
    } else tell(told);
  }

  return {
    ask(deed) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(lost);
      count += 1;
      const message: FromPage = { request: count, deed };
      return new Promise((resolve) => {
        waiting.set(message.request, resolve);
        socket.send(JSON.stringify(message));
      });
    },
    close() {
      isClosed = true;
      socket.close();
    },
  };
}
