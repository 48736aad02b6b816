import { formatMoment } from './format-moment.ts';

interface Parts {
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly format: string;
  readonly fallback: string;
}

export function Moment({ timestamp, format, fallback }: Parts) {
  const date = new Date(timestamp * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  return (
    <time dateTime={date.toISOString()} title={date.toString()}>
      {formatMoment(date, format)}
    </time>
  );
}
