import { describe, expect, it } from 'vitest';
import { changesInWords } from '../../../src/swarm/change-words.ts';
import type { ServiceSpec } from '../../../src/swarm/service.ts';
import {
  editConstraints,
  editContainerLabels,
  editEnv,
  editLabels,
  forceUpdate,
  setAmount,
  setImage,
  setRestartPolicy,
  setUpdateConfig,
  type SpecEdit,
} from '../../../src/swarm/spec-edits.ts';
import { holdsAfter, movedSettings, specChanges } from '../../../src/swarm/spec-settings.ts';

/** With things that Shipmate's types know nothing of. */
const web: ServiceSpec = {
  Name: 'web',
  Labels: { team: 'shop', 'com.example/token': 'hunter22' },
  TaskTemplate: {
    ContainerSpec: {
      Image: 'shop/web:1',
      Env: ['A=1', 'PASSWORD=hunter2', 'EMPTY='],
      Labels: { a: 'b' },
      Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }],
    },
    Placement: { Constraints: ['node.role==worker'], MaxReplicas: 3 },
    Resources: { Limits: { NanoCPUs: 5e8, Pids: 9 } },
    Future: { kept: true },
  },
  Mode: { Replicated: { Replicas: 2 } },
  EndpointSpec: { Ports: [{ TargetPort: 80 }] },
};

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

describe('an edit of a spec', () => {
  const edits: readonly (readonly [string, SpecEdit, readonly string[]])[] = [
    ['an image', setImage('shop/web:2', [{ OS: 'linux' }]), ['image: shop/web:1 → shop/web:2']],
    ['a restart', forceUpdate, ['forced restarts: none → 1']],
    [
      'a variable',
      editEnv(['EMPTY'], ['A=2', 'B=3']),
      ['env A: •••• → •••• (changed)', 'env EMPTY: "" → none', 'env B: none → ••••'],
    ],
    ['a variable removed and added', editEnv(['A'], ['A=1']), []],
    [
      'a label',
      editLabels(['team'], { 'com.example/token': 'hunter33', bare: '' }),
      ['label team: shop → none', 'label com.example/token: •••• → •••• (changed)', 'label bare: none → ""'],
    ],
    ['a container label', editContainerLabels([], { a: 'c' }), ['container label a: b → c']],
    [
      'a constraint',
      editConstraints(['node.role==worker'], ['node.role==manager']),
      ['constraint: node.role==worker → none', 'constraint: none → node.role==manager'],
    ],
    ['a limit', setAmount('Limits', 'NanoCPUs', 3e8), ['limit-cpu: 0.5 → 0.3']],
    ['a reservation', setAmount('Reservations', 'MemoryBytes', 2 ** 29), ['reserve-memory: none → 512MiB']],
    [
      'a rollout',
      setUpdateConfig('UpdateConfig', { MaxFailureRatio: 0.5, Delay: 9e10 }),
      ['update-max-failure-ratio: none → 0.5', 'update-delay: none → 1m30s'],
    ],
    [
      'a restart policy',
      setRestartPolicy({ Condition: 'none' }),
      ['restart-condition: none → none (changed)'],
    ],
    ['nothing', (spec) => spec, []],
  ];

  it.each(edits)('of %s is shown without secrets, and as it is', (_, edit, expected) => {
    const words = changesInWords(web, edit(web));
    expect(words.map(({ setting, before, after }) => `${setting}: ${before} → ${after}`)).toEqual(expected);
  });

  it.each(edits)('of %s keeps everything else, and changes no spec in place', (_, edit) => {
    const before = structuredClone(web);
    const after = edit(web);
    expect(web).toEqual(before);
    expect(after.TaskTemplate).toMatchObject({
      ContainerSpec: { Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }] },
      Placement: { MaxReplicas: 3 },
      Future: { kept: true },
    });
    expect(after.EndpointSpec).toEqual(web.EndpointSpec);
  });

  it.each(edits)('of %s stands in what it leads to', (_, edit) => {
    const changes = specChanges(web, edit(web));
    expect(holdsAfter(edit(web), changes)).toBe(true);
    expect(holdsAfter(web, changes)).toBe(changes.length === 0);
    expect(movedSettings(web, changes)).toEqual([]);
  });

  it('shows digests where the tag is the same', () => {
    const pinned = (letter: string) => setImage(`shop/web:1@${digest(letter)}`, [])(web);
    expect(changesInWords(pinned('a'), pinned('b'))).toEqual([
      { setting: 'image', before: 'shop/web:1@aaaaaaaaaaaa', after: 'shop/web:1@bbbbbbbbbbbb' },
    ]);
    expect(changesInWords(web, pinned('a'))).toMatchObject([{ before: 'shop/web:1 (no digest)' }]);
  });

  it('takes what the engine leaves out for what is zero', () => {
    const changes = specChanges(web, setAmount('Limits', 'Pids', 0)(web));
    expect(holdsAfter({ ...web, TaskTemplate: { ...web.TaskTemplate, Resources: {} } }, changes)).toBe(true);
  });

  it('knows what somebody else changed of the same', () => {
    const changes = specChanges(web, editEnv([], ['A=2', 'B=3'])(web));
    expect(movedSettings(editEnv([], ['C=1'])(web), changes)).toEqual([]);
    expect(movedSettings(editEnv([], ['A=7'])(web), changes)).toMatchObject([
      { path: 'TaskTemplate.ContainerSpec.Env A' },
    ]);
  });
});
