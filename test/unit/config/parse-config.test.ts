import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.ts';
import { formatProblems } from '../../../src/config/problem.ts';
import { known } from './known.ts';

/** The lines that are told of a configuration; none when it is right. */
function told(text: string): readonly string[] {
  const parsed = parseConfig('shipmate.yml', text, known);
  return 'problems' in parsed ? formatProblems(parsed.problems).split('\n') : [];
}

const clusters = 'clusters: { prod: {}, staging: {} }\n';
const channels = 'channels: { C0DEPLOYS: { cluster: prod } }\n';
const roles =
  'roles: { viewer: { allow: ["*.ls"] }, operator: { includes: [viewer], allow: [service.scale] } }\n';
const base = clusters + channels + roles;

/** The one mistake in a grant, deny rule, … that is right but for it. */
const grant = (line: string) => told(`${base}grants:\n  - ${line}\n`);
const deny = (line: string) => told(`${base}deny:\n  - ${line}\n`);

describe('a configuration', () => {
  it('is taken as it stands when it is right', () => {
    const text = `${base}grants:
  - { role: operator, to: [S0SRE, U0ALICE, W0BOB, everyone], in: [C0DEPLOYS], on: ["prod/shop_*", "*/node:n1", "prod", "*", "label:a.b=c"] }
deny:
  - { operations: ["service.rm", "swarm.*", "*"], on: ["prod/*", "prod/container:x", "st*/web"] }
images: { allow: [] }
audit: { channel: G0ALERTS }
`;
    expect(parseConfig('shipmate.yml', text, known)).toEqual({
      config: {
        clusters: { prod: {}, staging: {} },
        channels: { C0DEPLOYS: { cluster: 'prod' } },
        roles: {
          viewer: { includes: [], allow: ['*.ls'] },
          operator: { includes: ['viewer'], allow: ['service.scale'] },
        },
        grants: [
          {
            role: 'operator',
            to: ['S0SRE', 'U0ALICE', 'W0BOB', 'everyone'],
            in: ['C0DEPLOYS'],
            on: ['prod/shop_*', '*/node:n1', 'prod', '*', 'label:a.b=c'],
          },
        ],
        deny: [{ operations: ['service.rm', 'swarm.*', '*'], on: ['prod/*', 'prod/container:x', 'st*/web'] }],
        images: { allow: [] },
        audit: { channel: 'G0ALERTS' },
      },
    });
  });

  it.each(['', '# nothing yet\n', '---\n', '{}', 'grants:\ndeny:\n'])(
    'that says nothing (%j) is right, and allows nothing',
    (text) => {
      expect(parseConfig('shipmate.yml', text, known)).toEqual({
        config: { clusters: {}, channels: {}, roles: {}, grants: [], deny: [], audit: {} },
      });
    },
  );

  it('has all its mistakes told at once, in the order of its lines', () => {
    const text = `clusters:
  prod: { hst: tcp://10.0.0.5:2376 }
channels:
  "#deploys": { cluster: prd }
roles:
  operator: { allow: [service.scael] }
grants:
  - { role: operater, to: [] }
  - { to: ["@alice"], on: [prod/web, 7] }
notify: []
`;
    expect(told(text)).toEqual([
      'shipmate.yml:2:11  clusters.prod.hst: there is no key "hst" here; did you mean "host"? Example: host: tcp://10.0.0.5:2376',
      `shipmate.yml:4:3  channels["#deploys"]: "#deploys" is a name, which can be changed; write the channel's id (C…), which stands at the end of its details in Slack. Example: channels: { C0DEPLOYS: { cluster: prod } }`,
      'shipmate.yml:4:26  channels["#deploys"].cluster: there is no cluster "prd"; did you mean "prod"? Example: cluster: prod',
      'shipmate.yml:6:23  roles.operator.allow[0]: no operation is called "service.scael"; did you mean "service.scale"? Example: allow: [ service.scale, node.* ]',
      'shipmate.yml:8:13  grants[0].role: there is no role "operater"; did you mean "operator"? Example: role: operator',
      'shipmate.yml:8:27  grants[0].to: the list is empty; expected an entry at least (an optional key may be left out). Example: to: [ S0SRE, U0ALICE ]',
      'shipmate.yml:9:5  grants[1].role: is missing; expected text. Example: role: operator',
      `shipmate.yml:9:12  grants[1].to[0]: "@alice" is a name, which whoever bears it can change; write the id: a user's (U…) stands in their profile under ⋮, a user group's (S…) in its page's address. Example: to: [ S0SRE, U0ALICE ]`,
      'shipmate.yml:9:38  grants[1].on[1]: expected text, found the number 7; put it in quotes. Example: on: [ prod/shop_*, prod/node:* ]',
      'shipmate.yml:10:1  notify: there is no key "notify" here; expected clusters, channels, roles, grants, deny, images, audit',
    ]);
  });
});

describe('YAML', () => {
  it.each([
    ['a tab', 'roles:\n\tviewer: {}', /^shipmate\.yml:2:1 {2}a tab indents this line/],
    [
      'a flow map left open',
      'clusters: { prod: {',
      /^shipmate\.yml:1:20 {2}this is not valid YAML: Flow map/,
    ],
    ['a list at the top', '- role: viewer', /^shipmate\.yml:1:1 {2}expected a map, found a list/],
    ['plain text', 'just text', /^shipmate\.yml:1:1 {2}expected a map, found the text "just text"/],
    [
      'a second document',
      'clusters: {}\n---\nclusters: {}',
      /^shipmate\.yml:2:1 {2}a second document begins here/,
    ],
    [
      'an alias of nothing',
      'clusters: *prod',
      /^shipmate\.yml:1:11 {2}an alias \(\*name\) stands for nothing/,
    ],
    ['a tag', 'clusters: !!js/function x', /^shipmate\.yml:1:11 {2}this is not valid YAML: Unresolved tag/],
    ['a key that is a list', '? [a]\n: b', /^shipmate\.yml:1:3 {2}this is not valid YAML: With stringKeys/],
    [
      'brackets without end',
      `grants: ${'['.repeat(5_000)}`,
      /^shipmate\.yml:1:\d+ {2}this is nested too deeply/,
    ],
    ['a merge key', '<<: { clusters: {} }', /^shipmate\.yml:1:1 {2}.*there is no key "<<" here/],
    [
      '__proto__ as a section',
      '__proto__: { clusters: {} }',
      /^shipmate\.yml:1:1 {2}.*there is no key "__proto__" here/,
    ],
    [
      '__proto__ as a role',
      'roles: { __proto__: {} }',
      /^shipmate\.yml:1:10 {2}.*"__proto__" can't be a name/,
    ],
  ])('that is wrong is told with its line: %s', (_name, text, expected) => {
    expect(told(text)[0]).toMatch(expected);
  });

  it('may not say the same key twice, and the rest is read nevertheless', () => {
    expect(told('clusters:\n  prod: {}\n  prod: { hst: x }\n')).toEqual([
      'shipmate.yml:3:3  the key "prod" is there twice in one map; keep one of them',
      'shipmate.yml:3:11  clusters.prod.hst: there is no key "hst" here; did you mean "host"? Example: host: tcp://10.0.0.5:2376',
    ]);
  });

  it('has what an unquoted # or @ does explained', () => {
    expect(told(`${base}grants: [{ role: viewer, to: [@alice] }]`).join()).toContain(
      'put the text in quotes',
    );
    expect(told(`${base}grants: [{ role: viewer, to: [everyone], in: [#deploys] }]`).join()).toContain(
      'a # begins a comment',
    );
    expect(told(`${base}grants:\n  - role: viewer\n    to:\n      - # everyone\n`)).toEqual([
      expect.stringMatching(/^shipmate\.yml:\d+:\d+ {2}grants\[0\]\.to\[0\]: expected text, found nothing/),
    ]);
  });

  it('may use aliases, which are looked through for positions, but not to blow itself up', () => {
    expect(told(`${base}grants:\n  - &a { role: viewer, to: [everyone] }\n  - *a\n`)).toEqual([]);
    expect(told(`${base}grants:\n  - &a { role: viewers, to: [everyone] }\n  - *a\n`)).toEqual([
      expect.stringMatching(/^shipmate\.yml:5:16 {2}grants\[0\]\.role/),
      expect.stringMatching(/^shipmate\.yml:5:16 {2}grants\[1\]\.role/),
    ]);
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].reduce(
      (text, name, index) => {
        const alias = `*${'abcdefghi'[index - 1] ?? 'a'}`;
        return `${text}\n${name}: &${name} [${Array.from({ length: 9 }, () => alias).join(',')}]`;
      },
    );
    expect(told(bomb)).toEqual(['shipmate.yml:2:8  aliases (*name) stand for too much here; write it out']);
    expect(told('roles: &a { viewer: *a }')).toEqual([
      expect.stringContaining('roles.viewer.viewer: there is no key "viewer" here'),
    ]);
  });

  it('with thousands of mistakes has the first told', () => {
    const lines = told(Array.from({ length: 1_000 }, (_, index) => `key${index}: 1`).join('\n'));
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('and 950 more');
  });
});

describe('an id', () => {
  it.each([
    ['"@everyone"', '"@everyone" is not an id; did you mean "everyone"?'],
    ['u0alice1', '"u0alice1" is not an id; did you mean "U0ALICE1"?'],
    ['"<@U0ALICE|alice>"', '"<@U0ALICE|alice>" is not an id; did you mean "U0ALICE"?'],
    ['"<!subteam^S0SRE>"', '"<!subteam^S0SRE>" is not an id; did you mean "S0SRE"?'],
    [
      'C0DEPLOYS',
      '"C0DEPLOYS" is a channel; expected people: a user id (U…), a user-group id (S…) or everyone',
    ],
    ['alice', '"alice" is neither a user id (U…), a user-group id (S…) nor everyone; write the id'],
    ['"U0ALICE\\n"', '"U0ALICE\\n" is neither a user id'],
  ])('of a person that is wrong is told what to write instead: %s', (id, expected) => {
    expect(grant(`{ role: viewer, to: [${id}] }`)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    ['deploys', '"deploys" is not a channel id'],
    ['D012345', '"D012345" is a direct message; commands work in channels alone'],
    ['"<#C0DEPLOYS|deploys>"', 'did you mean "C0DEPLOYS"?'],
    ['C0OTHER', `commands don't work in "C0OTHER", which is not under channels; add it there`],
    ['C0DEPLOY', 'did you mean "C0DEPLOYS"?'],
  ])('of a channel that is wrong is told what to write instead: %s', (id, expected) => {
    expect(grant(`{ role: viewer, to: [everyone], in: [${id}] }`)).toEqual([
      expect.stringContaining(expected),
    ]);
  });
});

describe('a target pattern', () => {
  it.each([
    ['"prod/"', '"prod/": a name has letters, digits'],
    ['"/web"', '"/web" does not begin with the name of a cluster'],
    ['"prod/a/b"', 'a name has letters, digits'],
    ['"prod/nodes:x"', 'there is no kind "nodes"; did you mean "prod/node:x"?'],
    ['"prod/volume:x"', 'there is no kind "volume"; expected CLUSTER/SERVICE'],
    ['"prod/node:"', 'a name has letters, digits'],
    ['"Prod/*"', 'does not begin with the name of a cluster'],
    ['"label:tier"', 'says no value; expected label:KEY=VALUE, or "label:tier=*" for any value'],
    ['"label:=x"', 'names no label'],
    ['"labels:tier=x"', 'does not begin with the name of a cluster'],
    ['"prd/*"', '"prd/*": there is no cluster "prd"; did you mean "prod"?'],
    ['"test-*/web"', '"test-*/web": there is no cluster "test-*"; expected prod, staging'],
    ['""', 'does not begin with the name of a cluster'],
  ])('that can match nothing is a mistake: %s', (pattern, expected) => {
    expect(grant(`{ role: viewer, to: [everyone], on: [${pattern}] }`)).toEqual([
      expect.stringContaining(expected),
    ]);
    expect(deny(`{ operations: ["*"], on: [${pattern}] }`)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('an operation pattern', () => {
  it.each(['"*"', '"*.ls"', 'service.scale', 'service.*', 'service.rm', '"swarm.*"', 'node.update', 'info'])(
    'may be what Shipmate or docker knows: %s',
    (pattern) => {
      expect(deny(`{ operations: [${pattern}] }`)).toEqual([]);
    },
  );

  it.each([
    ['service.scael', 'did you mean "service.scale"?'],
    ['servce.scale', 'did you mean "service.scale"?'],
    ['service scale', 'did you mean "service.scale"?'],
    ['scale', 'did you mean "service.scale"?'],
    ['Service.Scale', 'did you mean "service.scale"?'],
    ['infos', 'did you mean "info"?'],
    ['"*.list-all"', 'expected a name such as service.scale'],
    ['frobnicate', 'expected a name such as service.scale'],
    ['""', 'expected a name such as service.scale'],
  ])('that matches nothing is a mistake: %s', (pattern, expected) => {
    expect(deny(`{ operations: [${pattern}] }`)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('a cluster', () => {
  it.each([
    'unix:///var/run/docker.sock',
    'tcp://10.0.0.5:2376',
    'tcp://[::1]:2375',
    'ssh://ops@prod.example.com',
  ])('may be at %s', (host) => {
    expect(told(`clusters: { prod: { host: "${host}" } }`)).toEqual([]);
  });

  it.each([
    ['unix://docker.sock', 'has no absolute path'],
    ['https://10.0.0.5:2376', 'write tcp:// here, and certPath for TLS'],
    ['10.0.0.5:2376', "is not an engine's address"],
    ['tcp://', 'names no host'],
    ['tcp://host:port', "is not an engine's address"],
    ['npipe:////./pipe/docker_engine', "is not an engine's address"],
    ['tcp://10.0.0.5:2376/v1.41', 'has something after the host and the port'],
    ['tcp://ops@10.0.0.5:2376', 'tcp knows no user'],
    ['ssh://100%@prod', 'is written %25'],
    ['', "is not an engine's address"],
  ])('may not be at %j', (host, expected) => {
    expect(told(`clusters: { prod: { host: "${host}" } }`)).toEqual([expect.stringContaining(expected)]);
  });

  it('has certificates over tcp alone', () => {
    expect(told('clusters: { prod: { host: "ssh://prod", certPath: /certs } }')).toEqual([
      expect.stringContaining('1:41  clusters.prod.certPath: certPath is for tcp:// alone'),
    ]);
    expect(told('clusters: { prod: { host: "tcp://prod", certPath: "" } }')).toEqual([
      expect.stringContaining('the path is empty'),
    ]);
  });

  it.each(['Prod', '-prod', 'prod/eu', 'prod.eu', '"label:x"', '""'])('may not be called %s', (name) => {
    expect(told(`clusters: { ${name}: {} }`)).toEqual([expect.stringContaining("can't be a name")]);
  });
});

describe('roles', () => {
  it('may not include each other in a circle, which is told once', () => {
    expect(
      told(
        'roles:\n  a: { includes: [b] }\n  b: { includes: [c] }\n  c: { includes: [a, c] }\n  d: { includes: [a] }\n',
      ),
    ).toEqual([
      expect.stringMatching(/^shipmate\.yml:4:19 {2}roles\.c\.includes\[0\]: .*: a → b → c → a;/),
      expect.stringMatching(/^shipmate\.yml:4:22 {2}roles\.c\.includes\[1\]: .*: c → c;/),
    ]);
  });

  it('may include each other in a long chain', () => {
    const chain = Array.from({ length: 1_000 }, (_, index) => `  r${index}: { includes: [r${index + 1}] }`);
    expect(told(`roles:\n${chain.join('\n')}\n  r1000: {}`)).toEqual([]);
    expect(told(`roles:\n${chain.join('\n')}\n  r1000: { includes: [r0] }`)).toEqual([
      expect.stringContaining('in a circle: r0 → … 1001 roles … → r0;'),
    ]);
  });

  it('may be called what every object has, if they are there', () => {
    expect(
      told('roles: { constructor: { allow: [info] } }\ngrants: [{ role: constructor, to: [everyone] }]'),
    ).toEqual([]);
    expect(told('grants: [{ role: constructor, to: [everyone] }]')).toEqual([
      expect.stringContaining('there is no role "constructor"; none is under roles'),
    ]);
  });
});

describe('what is told', () => {
  it('holds no secret that got into the wrong place', () => {
    const text = `token: 1
clusters: { prod: { host: "ssh://ops:hunter2@prod" } }
grants: [{ role: "xoxb-123-456-abc", to: ["xapp-1-A0-secret"] }]
"xoxb-99-secret": 1
`;
    const lines = told(text).join('\n');
    expect(lines).toContain('the address holds a password');
    expect(lines).not.toMatch(/hunter2|123-456|A0-secret|99-secret/);
  });

  it('stays on its line, and short', () => {
    const lines = told(`grants: [{ role: "${'x'.repeat(5_000)}\\n\\u001b[31mred", to: [everyone] }]`);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThan(300);
    expect(lines[0]).not.toContain('\u001b');
  });
});
