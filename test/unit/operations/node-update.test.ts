import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src/dispatch/parse-command.ts';
import { operations } from '../../../src/operations/table.ts';
import { Failure } from '../../../src/swarm/failure.ts';
import { sampleNode, sampleService, sampleTask } from '../swarm/sample-swarm.ts';
import { ask, buttons, partsOf } from './ask.ts';

function refusal(line: string): string {
  try {
    parseCommand(operations, line).prepare();
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
  throw new Error(`"${line}" was understood`);
}

describe('node update', () => {
  it.for([
    ['drain node3', 'node update --availability drain node3'],
    ['Activate node3', 'node update --availability active node3'],
  ])('is what %s is short for', ([short = '', whole = '']) => {
    expect(parseCommand(operations, short).words).toEqual(whole.split(' '));
    expect(parseCommand(operations, short).prepare().kind).toBe('change');
  });

  it.for([
    ['node update node3', 'node update needs to know what to change'],
    ['drain', 'node update takes one node, not 0.'],
    ["drain ''", 'An empty text is no node.'],
    ['drain node2 node3', 'node update takes one node, not 2.'],
    ['node update --availability off node3', '--availability is active, pause or drain, not "off".'],
    ['node update --role manager node3', 'Shipmate doesn’t promote or demote nodes'],
    ['node update --label-add =x node3', '--label-add takes KEY=VALUE'],
    ['node update --label-add "a b=x" node3', '--label-add takes KEY=VALUE'],
  ])('refuses %s', ([line = '', sentence = '']) => {
    expect(refusal(line)).toContain(sentence);
  });
});

describe('the buttons of a node', () => {
  const web = sampleService('web');
  const swarm = {
    nodes: [sampleNode('node1'), sampleNode('node2')],
    services: [web],
    tasks: [sampleTask('a', { NodeID: 'id-of-node1' })],
  };
  const drain = '-c prod node update --availability=drain node1';

  it.for(['node inspect node1', 'node ps node1', 'node ls --filter name=node1'])(
    'are on %s, and the dialog tells what a drain does',
    async (line) => {
      const answer = await ask(line, swarm);
      expect(buttons(answer)['Drain node1…']).toBe(drain);
      const all = partsOf(answer, 'buttons').flatMap((part) => part.buttons);
      const dialog = all.find(({ label }) => label === 'Drain node1…');
      expect(dialog).toMatchObject({ style: 'danger' });
      expect(dialog?.confirm?.text).toContain('1 task there now: 1 can move.');
    },
  );

  it.for(['node inspect node1 node2', 'node ls'])('are not on %s, which is of several', async (line) => {
    expect(Object.keys(buttons(await ask(line, swarm)))).toEqual(['Refresh']);
  });

  it('are not shown to whoever may not update nodes', async () => {
    const answer = await ask('node inspect node1', swarm, { may: ({ name }) => name !== 'node.update' });
    expect(Object.keys(buttons(answer))).toEqual(['Refresh']);
  });

  it('activate a node that is drained', async () => {
    const off = sampleNode('node1', { Spec: { Role: 'worker', Availability: 'drain' } });
    const answer = await ask('node inspect node1', { nodes: [off] });
    expect(buttons(answer)['Activate node1']).toBe('-c prod node update --availability=active node1');
    expect(buttons(answer)).not.toHaveProperty('Drain node1…');
  });

  it('say when what a drain does could not be read', async () => {
    const answer = await ask('node inspect node1', { ...swarm, refuses: ['tasks'] });
    const all = partsOf(answer, 'buttons').flatMap((part) => part.buttons);
    expect(all.at(-1)?.confirm?.text).toContain('could not be read');
  });
});
