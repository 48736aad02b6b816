import { controlsOf, type Control } from '../slack/controls.ts';
import type { Message } from '../slack/workspace.ts';

interface Numbered {
  readonly message: Message;
  readonly control: Control;
}

/** The numbers that buttons and menus are pressed by. */
export interface Numbering {
  /** Gives a message's controls the lowest numbers that are free since the last `startOver`. */
  assign(message: Message): void;
  numberOf(message: Message, blockId: string, actionId: string): number | undefined;
  at(number: number): Numbered | undefined;
  /** From here on numbers begin with 1 again; older ones stand until they are given anew. */
  startOver(): void;
}

export function createNumbering(): Numbering {
  const controls = new Map<number, Numbered>();
  const fresh = new Set<number>();

  function forget({ ts }: Message): void {
    for (const [number, { message }] of controls) {
      if (message.ts !== ts) continue;
      controls.delete(number);
      fresh.delete(number);
    }
  }

  return {
    assign(message) {
      forget(message);
      for (const control of controlsOf(message)) {
        let number = 1;
        while (fresh.has(number)) number += 1;
        fresh.add(number);
        controls.set(number, { message, control });
      }
    },
    numberOf({ ts }, blockId, actionId) {
      const found = [...controls].find(
        ([, { message, control }]) =>
          message.ts === ts && control.blockId === blockId && control.actionId === actionId,
      );
      return found?.[0];
    },
    at: (number) => controls.get(number),
    startOver: () => fresh.clear(),
  };
}
