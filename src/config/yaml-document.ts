import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { Path, Position } from './problem.ts';
import { quoted } from './quoted.ts';

/** What is wrong with the YAML itself. */
interface SyntaxMistake {
  readonly position: Position;
  readonly message: string;
}

export interface YamlDocument {
  readonly mistakes: readonly SyntaxMistake[];
  /** What the document says; undefined when it can't be known. Null for an empty document. */
  readonly value: unknown;
  /** Where something stands, or its key; of what isn't there, where the nearest thing around it stands. */
  position(path: Path, of: 'key' | 'value'): Position;
}

/** Reads YAML 1.2, keeping where everything stands. Never throws. */
export function yamlDocument(text: string): YamlDocument {
  const lines = new LineCounter();
  const start = { line: 1, column: 1 };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const at = (offset: number | undefined) => (offset === undefined ? start : positionAt(lines, offset));
  const mistakes = [...document.errors, ...document.warnings].map((error) => ({
    position: at(error.pos[0]),
    message: sentence(error, text),
  }));
  // A key that is there twice leaves the rest readable; after anything else the rest is guesswork.
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  const result = readable ? valueOf(document) : { value: undefined };
  if ('message' in result) mistakes.push({ position: at(firstAlias(document)), message: result.message });
  return {
    mistakes,
    value: 'value' in result ? result.value : undefined,
    position: (path, of) => at(offsetOf(document, path, of)),
  };
}

/** Aliases may stand for much more than they are long: the library counts, and gives up at a hundred. */
function valueOf(document: Document): { readonly value: unknown } | { readonly message: string } {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      message: reason.startsWith('Excessive alias')
        ? 'aliases (*name) stand for too much here; write it out'
        : `an alias (*name) stands for nothing that can be found: ${reason}`,
    };
  }
}

function firstAlias(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias(_key, node) {
      offset = node.range?.[0];
      return visit.BREAK;
    },
  });
  return offset;
}

function offsetOf(document: Document, path: Path, of: 'key' | 'value'): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const [index, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    let next: unknown;
    if (isMap(node)) {
      // Of keys that are there twice the last one counts.
      const pair = node.items.findLast(({ key }) => isScalar(key) && key.value === String(part));
      const key = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
      if (of === 'key' && index === path.length - 1) return key ?? offset;
      next = pair?.value;
      offset = key ?? offset;
    } else if (isSeq(node) && typeof part === 'number') {
      next = node.items[part];
    }
    if (!isNode(next)) return offset;
    node = next;
    offset = next.range?.[0] ?? offset;
  }
  return offset;
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

const sentences: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'a tab indents this line; YAML is indented with spaces',
  MULTIPLE_DOCS: 'a second document begins here (---); expected one',
  RESOURCE_EXHAUSTION: 'this is nested too deeply',
};

function sentence({ code, message, pos }: YAMLError, text: string): string {
  const [found = ''] = /^"[^"]*"|^'[^']*'|^[^\s:,}]+/.exec(text.slice(pos[0])) ?? [];
  if (code === 'DUPLICATE_KEY')
    return `the key ${quoted(found.replaceAll(/["']/g, ''))} is there twice in one map; keep one of them`;
  if (code === 'BAD_SCALAR_START') return `${message}; put the text in quotes`;
  if (found.startsWith('#'))
    return 'a # begins a comment, and takes the rest of its line; put the text in quotes';
  return sentences[code] ?? `this is not valid YAML: ${message}`;
}
