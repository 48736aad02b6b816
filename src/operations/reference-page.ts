import type { Operation } from './operation.ts';
import { shortFormUsage } from './short-form.ts';
import { flagUsage, usageLine } from './usage.ts';

/** @returns docs/operations.md: every operation as the table has it, in Markdown. */
export function referencePage(operations: readonly Operation[]): string {
  return `${[
    '# Operations',
    '<!-- Generated from src/operations/table.ts by `npm run generate`; edit the operation instead. -->',
    'What can be typed after `/swarm`, or after a mention of Shipmate. A leading `docker` is passed over, and `-c CLUSTER` before the command means another cluster than the channel’s. `-h` after any command shows its help.',
    summaryTable(operations),
    ...operations.map(section),
  ].join('\n\n')}\n`;
}

function summaryTable(operations: readonly Operation[]): string {
  return [
    '| Command | Short form | Permission | |',
    '|---|---|---|---|',
    ...operations.map((operation) =>
      row([
        `[\`${operation.words.join(' ')}\`](#${operation.words.join('-')})`,
        shortForms(operation),
        `\`${operation.name}\``,
        operation.kind === 'change'
          ? 'changes'
          : operation.open
            ? 'reads; open to every full member'
            : 'reads',
      ]),
    ),
  ].join('\n');
}

function section(operation: Operation): string {
  const flags = Object.entries(operation.flags);
  const short = shortForms(operation);
  return [
    `## ${operation.words.join(' ')}`,
    `${operation.summary}.`,
    `\`\`\`\n/swarm ${usageLine(operation)}\n\`\`\``,
    ...(short === '' ? [] : [`Short form: ${short}`]),
    `For example: \`/swarm ${operation.example}\``,
    ...(flags.length === 0
      ? []
      : [
          [
            '| Flag | |',
            '|---|---|',
            ...flags.map(([name, flag]) => row([`\`${flagUsage(name, flag)}\``, flag.summary])),
          ].join('\n'),
        ]),
  ].join('\n\n');
}

function shortForms(operation: Operation): string {
  return operation.shortForms.map((form) => `\`${shortFormUsage(form)}\``).join(', ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
