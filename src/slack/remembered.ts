/** Answers that are kept for a while, by key. */
export interface Remembered<Key, Value> {
  get(key: Key): Promise<Value>;
  /** Whoever asks after this gets a new answer, even if one is on its way. */
  forget(key: Key): void;
}

interface RememberedOptions<Key, Value> {
  /** Milliseconds. */
  readonly lifetime: number;
  readonly now: () => number;
  readonly load: (key: Key) => Promise<Value>;
}

/** Remembers what `load` gives; those who ask at once share one call. A failure is told to them and not remembered. */
export function remembered<Key, Value>({
  lifetime,
  now,
  load,
}: RememberedOptions<Key, Value>): Remembered<Key, Value> {
  const kept = new Map<Key, { readonly value: Promise<Value>; readonly until: number }>();

  return {
    get(key) {
      for (const [key, { until }] of kept) if (until <= now()) kept.delete(key);
      const known = kept.get(key);
      if (known !== undefined) return known.value;
      const entry = { value: load(key), until: now() + lifetime };
      kept.set(key, entry);
      entry.value.catch(() => {
        if (kept.get(key) === entry) kept.delete(key);
      });
      return entry.value;
    },
    forget: (key) => void kept.delete(key),
  };
}
