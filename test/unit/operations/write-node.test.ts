import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { EngineFailure } from '../../../src/engine/engine.ts';
import type { Pace } from '../../../src/operations/pace.ts';
import { writeNode } from '../../../src/operations/write-node.ts';
import { Failure } from '../../../src/swarm/failure.ts';
import { holdsNodeChange, nodeSpecWords, withNodeChange } from '../../../src/swarm/node-change.ts';
import type { Node, NodeSpec } from '../../../src/swarm/node.ts';
import { sampleNode } from '../swarm/sample-swarm.ts';
import { sampleEngine } from './sample-engine.ts';

const lost = new EngineFailure('unavailable', 'timed-out', 'No answer came.', { uncertain: true });
const change = { availability: 'drain', labelsToAdd: new Map(), labelsToRemove: [] } as const;

/** What happens to one update after the other: it is made and answered unless told. */
type Incident = 'relabelled first' | 'answer lost' | 'never arrives';

/** A node that is active, behind versions as swarmkit's; and a drain of it. */
function oneNode(incidents: readonly Incident[]) {
  const state: { node: Node; updates: number; now: number } = {
    node: sampleNode('node1'),
    updates: 0,
    now: 0,
  };
  const left = [...incidents];
  const write = (spec: NodeSpec) => {
    const { Version } = state.node;
    state.node = { ...state.node, Version: { Index: Version.Index + 1 }, Spec: spec };
  };
  const engine: Engine = {
    ...sampleEngine({}),
    node: async () => structuredClone(state.node),
    async updateNode({ version, spec }) {
      const incident = left.shift();
      if (incident === 'never arrives') throw lost;
      if (incident === 'relabelled first') write({ ...state.node.Spec, Labels: { theirs: '1' } });
      if (version !== state.node.Version.Index) {
        throw new EngineFailure('conflict', 'out-of-sequence', 'It was changed meanwhile.');
      }
      state.updates += 1;
      write(spec);
      if (incident === 'answer lost') throw lost;
    },
  };
  const pace: Pace = {
    now: () => state.now,
    random: () => 0.5,
    async pause(milliseconds) {
      state.now += milliseconds;
    },
  };
  const drain = (check: (node: Node) => void = () => {}) =>
    writeNode(
      {
        id: 'id-of-node1',
        name: 'node1',
        stands: (spec) => holdsNodeChange(spec, change),
        describe: (spec) => nodeSpecWords(spec, change),
        change: (spec) => withNodeChange(spec, change),
        check,
      },
      { engine, signal: new AbortController().signal, ...pace },
    );
  return { state, drain };
}

describe('writeNode', () => {
  it('keeps what others change in between', async () => {
    const { state, drain } = oneNode(['relabelled first', 'relabelled first']);
    expect(await drain()).toMatchObject({ kind: 'written' });
    expect(state.node.Spec).toMatchObject({ Availability: 'drain', Labels: { theirs: '1' } });
  });

  it('does not send anew what was made although no answer came', async () => {
    const { state, drain } = oneNode(['answer lost']);
    expect(await drain()).toMatchObject({ kind: 'written', before: { Spec: { Availability: 'active' } } });
    expect(state.updates).toBe(1);
  });

  it('sends again what never arrived, and nothing when it is so already', async () => {
    const { state, drain } = oneNode(['never arrives']);
    expect(await drain()).toMatchObject({ kind: 'written' });
    expect(await drain()).toMatchObject({ kind: 'unchanged' });
    expect(state.updates).toBe(1);
  });

  it('leaves alone what may not be changed any more', async () => {
    const { state, drain } = oneNode(['relabelled first']);
    const refuseLabelled = ({ Spec }: Node) => {
      if (Spec.Labels?.['theirs']) throw new Failure('denied', 'Not with that label.');
    };
    await expect(drain(refuseLabelled)).rejects.toMatchObject({ kind: 'denied' });
    expect(state.updates).toBe(0);
  });
});
