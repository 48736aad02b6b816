import { objectsIn } from '../slack/json.ts';
import type { Happening, Message, OpenView, Workspace } from '../slack/workspace.ts';
import type { Console } from './console.ts';
import { drawBlocks } from './draw-blocks.ts';
import { harmlessText } from './harmless-text.ts';
import type { Names } from './names.ts';
import { createNumbering } from './numbering.ts';
import { pressControl } from './press-control.ts';
import { fillForm } from './fill-form.ts';
import { readMrkdwn } from './read-mrkdwn.ts';
import type { Asked } from './settle.ts';

/** A person at a terminal, who is one of the workspace's users in one of its channels. */
export interface Session extends Disposable {
  /** `alice #deploys> ` */
  prompt(): string;
  /** Does what was typed. */
  run(line: string): Promise<Asked>;
  /** The form in front of the user. */
  form(): OpenView | undefined;
  /** Asks for what a form wants to know, until it is submitted or given up. */
  fill(form: OpenView): Promise<Asked>;
}

export function openSession(workspace: Workspace, console: Console): Session {
  let user = 'U0ALICE';
  let channel = 'C0DEPLOYS';
  const numbering = createNumbering();
  const shown = new Map<string, string>();
  const { directory } = workspace;
  const names: Names = {
    user: (id) => directory.user(id)?.name ?? id,
    group: (id) => directory.group(id)?.handle ?? id,
    channel: (id) => directory.channel(id)?.name ?? id,
  };

  function show(happening: Happening): void {
    if (happening.kind !== 'message' || happening.change === 'deleted') return;
    const { message } = happening;
    const isTyped = message.author === user && message.visibleTo === null;
    if (message.channel !== channel || isTyped || ![null, user].includes(message.visibleTo)) return;
    numbering.assign(message);
    const numberOf = (blockId: string, actionId: string) => numbering.numberOf(message, blockId, actionId);
    const drawn = drawBlocks(message.blocks, { names, numberOf });
    const body = drawn.length > 0 ? drawn : harmlessText(readMrkdwn(message.text, names)).split('\n');
    const lines = [...body, ...filesOf(message)].map((line) => `  ${line}`);
    if (shown.get(message.ts) === lines.join('\n')) return;
    shown.set(message.ts, lines.join('\n'));
    console.print([heading(message, names), ...lines]);
  }

  async function press(which: string): Promise<Asked> {
    const found = numbering.at(Number(which));
    if (found !== undefined) return pressControl(console, workspace.as(user), found.message, found.control);
    console.print([`There is no button ${harmlessText(which)}.`]);
    return 'nothing';
  }

  function filesOf({ files }: Message): readonly string[] {
    return workspace.files
      .filter(({ id }) => files.includes(id))
      .flatMap(({ name, content }) =>
        harmlessText(`[file ${name}]\n${content?.toString() ?? ''}`).split('\n'),
      );
  }

  function become(name: string): void {
    const found = directory.users().find((other) => other.name === name && !other.isBot);
    if (found === undefined) {
      const all = directory.users().filter(({ isBot, id }) => !isBot && id !== 'USLACKBOT');
      console.print([
        `There is no ${harmlessText(name)}. There are: ${all.map((one) => one.name).join(', ')}.`,
      ]);
    } else user = found.id;
  }

  function enter(name: string): void {
    const found = directory.channel(name);
    if (found === undefined) {
      const all = directory.channels().map((one) => `#${one.name}`);
      console.print([`There is no #${harmlessText(name)}. There are: ${all.join(', ')}.`]);
    } else channel = found.id;
  }

  function obey(word: string, argument: string): void {
    if (word === ':help') console.print(helpLines);
    else if (word === ':user') become(argument);
    else if (word === ':channel') enter(argument);
    else console.print([`There is no ${harmlessText(word)}; :help tells what there is.`]);
  }

  const stopShowing = workspace.on(show);
  return {
    prompt: () => `${names.user(user)} #${names.channel(channel)}> `,
    async run(line) {
      const [word = '', ...rest] = line.trim().split(/\s+/);
      const argument = rest.join(' ').replace(/^[#@]/, '');
      if (word === '') return 'nothing';
      if (word.startsWith(':') && word !== ':press') {
        obey(word, argument);
        return 'nothing';
      }
      numbering.startOver();
      if (word === ':press') return press(argument);
      if (word.toLowerCase() === '@shipmate') workspace.as(user).mention(channel, rest.join(' '));
      else await workspace.as(user).command(channel, '/swarm', line.trim().replace(/^\/swarm(?:\s+|$)/, ''));
      return 'app';
    },
    form: () => workspace.view(user),
    async fill(form) {
      const blocks = objectsIn(form.content['blocks']).filter(({ type }) => type !== 'input');
      console.print(drawBlocks(blocks, { names, numberOf: () => undefined }));
      return fillForm(console, workspace.as(user), form);
    },
    [Symbol.dispose]: stopShowing,
  };
}

function heading(message: Message, names: Names): string {
  const marks = [
    message.visibleTo === null ? '' : '(only visible to you)',
    message.thread === null ? '' : '(in the thread)',
    message.edits > 0 ? '(edited)' : '',
  ];
  return [harmlessText(names.user(message.author)), ...marks].filter((mark) => mark !== '').join(' ');
}

export const helpLines: readonly string[] = [
  '/swarm ls, or just ls    type a slash command',
  '@Shipmate ls             mention the bot',
  ':press 1                 press a button; they are numbered under each message',
  ':user bob                be somebody else: alice (may change things), bob (may look), carol, gus (a guest), olga (another organization)',
  ':channel staging         go to another channel: deploys, staging, random (no commands there)',
  ':quit                    leave; so do Ctrl-C and Ctrl-D',
];
