const times = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const days = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'medium' });

/** When a message was sent; `ts` is in seconds since 1970, with decimals. */
export const timeOf = (ts: string) => times.format(Number(ts) * 1000);
export const dayOf = (ts: string) => days.format(Number(ts) * 1000);
export const momentOf = (ts: string) => whole.format(Number(ts) * 1000);
/** @param at milliseconds since 1970. */
export const secondOf = (at: number) => seconds.format(at);
