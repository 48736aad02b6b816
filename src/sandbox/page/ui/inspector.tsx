import { useState } from 'react';
import type { Exchange } from '../protocol.ts';
import { secondOf } from './clock.ts';
import { useHere } from './workspace-context.ts';

type From = Exchange['from'] | 'both';

/** Every call and payload between the app and the workspace, the newest first. */
export function Inspector() {
  const { world } = useHere();
  const [wanted, setWanted] = useState('');
  const [from, setFrom] = useState<From>('both');
  const [onlyBad, setOnlyBad] = useState(false);
  const shown = world.exchanges.filter(
    (exchange) =>
      (from === 'both' || exchange.from === from) &&
      !(onlyBad && exchange.isWell) &&
      contains(exchange, wanted.toLowerCase()),
  );
  return (
    <div className="inspector">
      <div className="inspector__filter">
        <input
          type="search"
          placeholder="Filter: a method, an id, a word"
          aria-label="Filter"
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
        <select
          aria-label="Direction"
          value={from}
          onChange={({ target }) =>
            setFrom(target.value === 'app' || target.value === 'workspace' ? target.value : 'both')
          }
        >
          <option value="both">Both ways</option>
          <option value="app">Calls by the app</option>
          <option value="workspace">Payloads for the app</option>
        </select>
        <label>
          <input type="checkbox" checked={onlyBad} onChange={({ target }) => setOnlyBad(target.checked)} />
          Only what went wrong
        </label>
        <span role="status">
          {shown.length} of {world.exchanges.length}
        </span>
      </div>
      <ul className="inspector__list">
        {shown.toReversed().map((exchange) => (
          <li key={exchange.id}>
            <ExchangeItem exchange={exchange} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ExchangeItem({ exchange }: { readonly exchange: Exchange }) {
  const [isOpen, setOpen] = useState(false);
  const { from, name, status, isWell, at, ms, payload, answer } = exchange;
  return (
    <details className="exchange" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <time>{secondOf(at)}</time>
        <span
          className="exchange__way"
          role="img"
          aria-label={from === 'app' ? 'Call by the app' : 'Payload for the app'}
        >
          {from === 'app' ? '→' : '←'}
        </span>
        <span className="exchange__name">{name}</span>
        <span className={isWell ? 'exchange__status' : 'exchange__status exchange__status--bad'}>
          {status}
        </span>
        <span className="exchange__ms">{ms} ms</span>
      </summary>
      {isOpen && (
        <>
          <h3>{from === 'app' ? 'Arguments' : 'Payload'}</h3>
          <pre tabIndex={0}>{JSON.stringify(payload, null, 2)}</pre>
          <h3>{from === 'app' ? 'Answer' : 'Acknowledgement'}</h3>
          <pre tabIndex={0}>{JSON.stringify(answer ?? null, null, 2)}</pre>
        </>
      )}
    </details>
  );
}

function contains({ name, status, payload, answer }: Exchange, wanted: string): boolean {
  if (wanted === '') return true;
  return [name, status, JSON.stringify(payload), JSON.stringify(answer ?? null)].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}
