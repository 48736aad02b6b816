const dayMs = 86_400_000;

const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { dateStyle: 'long' },
  date_short: { dateStyle: 'medium' },
  date_long: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  time_secs: { timeStyle: 'medium' },
};
const ages = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/**
 * A time in the words of a format: `{date_short_pretty} at {time}`.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function formatMoment(date: Date, format: string, now: Date = new Date(), locale?: string): string {
  return format.replaceAll(/\{(\w+)\}/g, (token, name: string) => {
    if (name === 'ago') return ago(date, now, locale);
    const isPretty = name.endsWith('_pretty');
    const style = styles[name.replace(/_pretty$/, '').replace('day_divider', 'date_long')];
    if (style === undefined) return token;
    const near = isPretty ? nearDay(date, now, locale) : undefined;
    return near ?? new Intl.DateTimeFormat(locale, style).format(date);
  });
}

function nearDay(date: Date, now: Date, locale: string | undefined): string | undefined {
  const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const days = Math.round((midnight(date) - midnight(now)) / dayMs);
  if (Math.abs(days) > 1) return undefined;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}

function ago(date: Date, now: Date, locale: string | undefined): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const [unit, size] = ages.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return words.format(Math.trunc(seconds / size), unit);
}
