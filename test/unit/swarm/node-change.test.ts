import { describe, expect, it } from 'vitest';
import {
  holdsNodeChange,
  labelDifferences,
  missingLabels,
  type NodeChange,
  withNodeChange,
} from '../../../src/swarm/node-change.ts';
import type { NodeSpec } from '../../../src/swarm/node.ts';

const spec: NodeSpec = { Role: 'worker', Availability: 'active', Labels: { zone: 'a', old: '' }, Novelty: 1 };

function change(parts: Partial<NodeChange>): NodeChange {
  return { availability: undefined, labelsToAdd: new Map(), labelsToRemove: [], ...parts };
}

describe('a change to a node', () => {
  it('changes what is asked for, and keeps the rest', () => {
    const asked = change({
      availability: 'drain',
      labelsToAdd: new Map([['zone', 'b']]),
      labelsToRemove: ['old'],
    });
    expect(withNodeChange(spec, asked)).toEqual({
      Role: 'worker',
      Availability: 'drain',
      Labels: { zone: 'b' },
      Novelty: 1,
    });
  });

  it('removes labels after it added others, as the CLI does', () => {
    const asked = change({ labelsToAdd: new Map([['x', '1']]), labelsToRemove: ['x'] });
    expect(withNodeChange(spec, asked).Labels).toEqual(spec.Labels);
    expect(missingLabels(spec, asked)).toEqual([]);
    expect(missingLabels(spec, change({ labelsToRemove: ['zone', 'nope', 'toString'] }))).toEqual([
      'nope',
      'toString',
    ]);
  });

  it('stands as long as what it asked for does, whatever else changes', () => {
    const asked = change({
      availability: 'pause',
      labelsToAdd: new Map([['zone', 'b']]),
      labelsToRemove: ['old'],
    });
    const after = withNodeChange(spec, asked);
    expect(holdsNodeChange(spec, asked)).toBe(false);
    expect(holdsNodeChange({ ...after, Labels: { ...after.Labels, new: '1' } }, asked)).toBe(true);
    expect(holdsNodeChange({ ...after, Availability: 'active' }, asked)).toBe(false);
    expect(holdsNodeChange({ ...after, Labels: { zone: 'c' } }, asked)).toBe(false);
    expect(holdsNodeChange({ ...after, Labels: { zone: 'b', old: '' } }, asked)).toBe(false);
  });

  it('shows which labels differ, with what looks secret masked', () => {
    const after = { ...spec, Labels: { zone: 'b', join_token: 'SWMTKN-1-abcdefgh' } };
    expect(labelDifferences(spec, after)).toEqual([
      { key: 'join_token', before: undefined, after: '••••' },
      { key: 'old', before: '', after: undefined },
      { key: 'zone', before: 'a', after: 'b' },
    ]);
  });
});
