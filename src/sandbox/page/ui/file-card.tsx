import { useEffect, useState } from 'react';
import type { File } from '../protocol.ts';

/** Lines of a snippet that are shown before it is expanded. */
const previewLines = 12;

/** A file, with what is in it. */
export function FileCard({ file: { id, name, title, bytes } }: { readonly file: File }) {
  const [text, setText] = useState<string | null>(null);
  const [isWhole, setWhole] = useState(false);
  const address = `/files/${id}`;
  useEffect(() => {
    const leaving = new AbortController();
    fetch(address, { signal: leaving.signal })
      .then((response) => (response.ok ? response.text() : null))
      .then(setText)
      // A file that can't be shown can still be opened.
      .catch(() => setText(null));
    return () => leaving.abort();
  }, [address]);
  const lines = text?.split('\n') ?? [];
  const isLong = lines.length > previewLines;
  return (
    <figure className="file">
      <figcaption>
        <a href={address} target="_blank" rel="noreferrer">
          {title}
        </a>
        <span>
          {name === title ? '' : `${name}, `}
          {bytes.toLocaleString()} bytes
        </span>
      </figcaption>
      {text !== null && <pre tabIndex={0}>{(isWhole ? lines : lines.slice(0, previewLines)).join('\n')}</pre>}
      {isLong && (
        <button type="button" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : `Show all ${lines.length} lines`}
        </button>
      )}
    </figure>
  );
}
