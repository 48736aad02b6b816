import { describe, expect, it } from 'vitest';
import { maskText } from '../../../src/swarm/masking.ts';
import { processorTime } from '../processor-time.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKCAQ\n-----END RSA PRIVATE KEY-----';
// Put together here, so that no scanner of repositories takes them for leaked ones.
const slackToken = ['xoxb', '17653672481', '19874698323', 'pdFZKVeTuE8sk7oOcHrzqqgy'].join('-');
const appToken = ['xapp', '1', 'A0123', '456', 'abcdef0123456789'].join('-');

describe('maskText masks', () => {
  it.each([
    ['DB_PASSWORD=hunter2', 'DB_PASSWORD=••••'],
    ['pgpassword=hunter2 host=db', 'pgpassword=•••• host=db'],
    ['PASSWORD = hunter2', 'PASSWORD = ••••'],
    ['PASSWORD=1234', 'PASSWORD=••••'],
    ['password: hunter2', 'password: ••••'],
    ['password:hunter2', 'password:••••'],
    ['PASSWORD="two words" next', 'PASSWORD="••••" next'],
    ["PASSWORD='two words' next", "PASSWORD='••••' next"],
    ['PASSWORD="never closed', 'PASSWORD="••••'],
    ['{"password":"hun\\"ter2","a":1}', '{"password":"••••","a":1}'],
    ['{"apiKey": "abc"}', '{"apiKey": "••••"}'],
    [String.raw`{\"client_secret\":\"abc\",\"a\":1}`, String.raw`{\"client_secret\":\"••••\",\"a\":1}`],
    ['{"tokens":["a","b"],"c":1}', '{"tokens":••••,"c":1}'],
    ['{"auth":{"basic":{"password":"x"}}}', '{"auth":{"basic":{"password":"••••"}}}'],
    ['["MYSQL_ROOT_PASSWORD=two words","A=b"]', '["MYSQL_ROOT_PASSWORD=••••","A=b"]'],
    ['https://h/p?api_key=abcd&x=y', 'https://h/p?api_key=••••'],
    ['api_key: abc', 'api_key: ••••'],
    ['token: abc123def', 'token: ••••'],
    ['--password hunter2 --user bob', '--password •••• --user bob'],
    ['--password=hunter2', '--password=••••'],
    ['--password "two words" web', '--password "••••" web'],
    ['service update --env-add MODE=quiet web', 'service update --env-add MODE=•••• web'],
    ['service update --env-add=MODE=quiet web', 'service update --env-add=MODE=•••• web'],
    ['service create -e MODE="a b" nginx', 'service create -e MODE="••••" nginx'],
    ['service update --env-add "MODE=a b" web', 'service update --env-add "MODE=••••" web'],
    ['Authorization: Bearer abc', 'Authorization: ••••'],
    ['sent Bearer abcdef123456 and failed', 'sent Bearer •••• and failed'],
    ['Basic dXNlcjpwYXNz==', 'Basic ••••'],
    ['postgres://u:p@h/db', 'postgres://u:••••@h/db'],
    ['postgres://u:p@ss@h/db', 'postgres://u:••••@h/db'],
    ['postgres://u:p/w@h/db', 'postgres://u:••••@h/db'],
    ['redis://:p@h', 'redis://:••••@h'],
    ['smtp://me@example.com:p@h', 'smtp://me@example.com:••••@h'],
    ['https://abcdef@github.example/x', 'https://••••@github.example/x'],
    [`the token ${slackToken} leaked`, 'the token •••• leaked'],
    [appToken, '••••'],
    ['AKIAIOSFODNN7EXAMPLE', '••••'],
    [jwt, '••••'],
    [`ghp_${'a1'.repeat(18)}`, '••••'],
    [`github_pat_${'a1_'.repeat(18)}`, '••••'],
    [`dckr_pat_${'a1-'.repeat(9)}`, '••••'],
    [`glpat-${'a1'.repeat(10)}`, '••••'],
    [
      'docker swarm join --token SWMTKN-1-49nj1cmql0jkz5s954yi3oex3-8vxv8rssmk743ojnwacrr2e7c 10.0.0.1:2377',
      'docker swarm join --token •••• 10.0.0.1:2377',
    ],
    ['say SWMTKN-1-49nj1cmql0-8vxv8rs aloud', 'say SWMTKN-•••• aloud'],
    ['https://hooks.slack.com/services/T0/B0/abcDEF', 'https://hooks.slack.com/services/••••'],
    [`a ${key} b`, 'a -----BEGIN RSA PRIVATE KEY-----••••-----END RSA PRIVATE KEY----- b'],
    [key.slice(0, 45), '-----BEGIN RSA PRIVATE KEY-----••••'],
  ])('%s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
    expect(maskText(masked), 'masking again changes nothing').toBe(masked);
  });
});

describe('maskText leaves', () => {
  it.each([
    'Service web has 3 of 3 replicas.',
    'service scale auth=3 token-service=2',
    'registry.example.com/shop/token-service:1.2',
    'token-service:1.2@sha256:2d4e1ff2',
    'no such secret: web_tls',
    'error: no basic auth credentials',
    'service update --with-registry-auth web',
    'service update --secret-add web_tls --secret-rm old_tls web',
    'service create --secret source=web_tls,target=tls web',
    'node.labels.key==abc',
    'POSTGRES_PASSWORD_FILE=/run/secrets/db',
    'TOKEN_TTL=3600',
    'AUTH_ENABLED=true auth=false token=null',
    'monkey=banana keyboard=qwerty author=me compass=north tokenizer=bpe',
    'http://host:8080/path?email=a@b.example',
    'http://registry:4873/@scope/pkg',
    'ssh://deploy@10.0.0.5',
    'tcp://10.0.0.5:2376',
    'Bearer authentication is required',
    'the password is wrong',
    'password',
    '"password":',
    '2026-11-21T03:28:00Z web.1.abc: ready',
    'emoji 🎉 and \ud800 alone',
    '',
  ])('%s', (text) => {
    expect(maskText(text)).toBe(text);
  });
});

describe('maskText takes time linear in the length', () => {
  const size = 400_000;
  const long = (unit: string) => unit.repeat(Math.ceil(size / unit.length));
  it.each([
    'a',
    ' ',
    '=',
    ':',
    '"',
    "'",
    '\\',
    '-',
    '.',
    '@',
    '/',
    '[',
    '://',
    '://a:',
    '://a:a',
    'https://',
    'a=',
    'a=a ',
    'token=',
    'token: ',
    'token: [',
    'token:',
    'password:',
    'password="',
    "password='",
    'password=\\"',
    'token="\\',
    '"token=',
    "'token=",
    'token={',
    '"token":[',
    'node.token==',
    '--token ',
    '--token -',
    '--env-add ',
    '-e A=',
    'eyJaaaaaa',
    'eyJaaaaaa-',
    'eyJaaaaaa.',
    'xoxb-',
    'xapp-a',
    'AKIA',
    'SWMTKN-',
    'Bearer ',
    'Bearer a',
    'Basic\t',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    'ghp_',
    'aB',
    'token\\',
    'a\n',
    '•',
    'password=\\\\',
    'hooks.slack.com/services/',
  ])('%j', (unit) => {
    const text = long(unit);
    for (const whole of [text, `password="${text}`]) {
      // It takes some 100 ms. With the square of the length it would be ten seconds and more.
      expect(processorTime(() => maskText(whole))).toBeLessThan(2_500);
    }
  });
});
