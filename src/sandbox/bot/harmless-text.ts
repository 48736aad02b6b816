/**
 * Text that a terminal shows and does nothing else with: escape sequences, other control characters and marks that
 * reorder what is shown are taken out; line ends stay, tabs become spaces.
 */
export function harmlessText(text: string): string {
  return text.replaceAll(sequences, '').replaceAll('\t', '  ').replaceAll(controls, '');
}

const sequences = new RegExp(
  [
    String.raw`(?:\u001B\]|\u009D)[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?`,
    String.raw`(?:\u001B[PX^_]|[\u0090\u0098\u009E\u009F])[^\u001B\u009C]*(?:\u001B\\|\u009C)?`,
    String.raw`(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?`,
    String.raw`\u001B[ -/]*[0-~]?`,
  ].join('|'),
  'gu',
);

const controls = new RegExp(
  `[${[
    String.raw`\u0000-\u0009\u000B-\u001F\u007F-\u009F`,
    String.raw`\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069`,
  ].join('')}]`,
  'gu',
);
