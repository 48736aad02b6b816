import { clearLine, createInterface, cursorTo } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Lines in, lines out. */
export interface Console extends Disposable {
  /** Somebody sits at it, rather than a file or a pipe. */
  readonly interactive: boolean;
  /** @returns the next line, or null at the end of the input. What is typed early is kept. */
  ask(prompt: string): Promise<string | null>;
  /** Shows lines above the prompt. */
  print(lines: readonly string[]): void;
  /** Ends the input, as Ctrl-D does. */
  end(): void;
}

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
  readonly interactive: boolean;
  /** Ctrl-C was pressed; the input ends with it. */
  readonly interrupted: () => void;
}

export function openConsole({ input, output, interactive, interrupted }: Terminal): Console {
  const reader = createInterface({ input, output, terminal: interactive });
  const typed: string[] = [];
  let asked: ((line: string | null) => void) | null = null;
  let ended = false;

  function answer(line: string | null): void {
    const waiting = asked;
    asked = null;
    waiting?.(line);
  }
  reader.on('line', (line) => {
    if (asked === null) typed.push(line);
    else answer(line);
  });
  reader.on('close', () => {
    ended = true;
    answer(null);
  });
  reader.on('SIGINT', () => {
    reader.close();
    interrupted();
  });

  return {
    interactive,
    ask(prompt) {
      const early = typed.shift();
      if (early === undefined && ended) return Promise.resolve(null);
      if (interactive) reader.setPrompt(prompt);
      if (early !== undefined) {
        if (!interactive) output.write(`${prompt}${early}\n`);
        return Promise.resolve(early);
      }
      return new Promise((resolve) => {
        asked = (line) => {
          if (!interactive && line !== null) output.write(`${prompt}${line}\n`);
          resolve(line);
        };
        if (interactive) reader.prompt();
      });
    },
    print(lines) {
      if (interactive && asked !== null) {
        clearLine(output, 0);
        cursorTo(output, 0);
      }
      output.write(lines.map((line) => `${line}\n`).join(''));
      if (interactive && asked !== null) reader.prompt(true);
    },
    end: () => reader.close(),
    [Symbol.dispose]: () => reader.close(),
  };
}
