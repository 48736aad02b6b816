/** The commonest of Slack's names for emoji; others are shown by their names. */
const characters: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  anchor: '⚓',
  arrows_counterclockwise: '🔄',
  ballot_box_with_check: '☑️',
  bell: '🔔',
  boom: '💥',
  bug: '🐛',
  chart_with_upwards_trend: '📈',
  clipboard: '📋',
  construction: '🚧',
  exclamation: '❗',
  eyes: '👀',
  fire: '🔥',
  gear: '⚙️',
  green_circle: '🟢',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  information_source: 'ℹ️',
  large_yellow_circle: '🟡',
  lock: '🔒',
  mag: '🔍',
  memo: '📝',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  ok_hand: '👌',
  package: '📦',
  point_right: '👉',
  pray: '🙏',
  question: '❓',
  red_circle: '🔴',
  rocket: '🚀',
  rotating_light: '🚨',
  ship: '🚢',
  smile: '😄',
  tada: '🎉',
  thinking_face: '🤔',
  thumbsup: '👍',
  thumbsdown: '👎',
  unlock: '🔓',
  warning: '⚠️',
  wave: '👋',
  whale: '🐳',
  white_check_mark: '✅',
  wrench: '🔧',
  x: '❌',
  zap: '⚡',
};

/** @param unicode code points in hexadecimal, with dashes between, as Slack gives them. */
export function emoji(name: string, unicode?: string): string {
  const points = unicode?.split('-').map((point) => Number.parseInt(point, 16)) ?? [];
  const isWhole = points.length > 0 && points.every((point) => point > 0 && point <= 0x10_ff_ff);
  return isWhole ? String.fromCodePoint(...points) : (characters[name] ?? `:${name}:`);
}

export function withEmoji(text: string): string {
  return text.replaceAll(/:([a-z0-9_+-]+):/g, (_, name: string) => emoji(name));
}
