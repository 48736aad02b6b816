import { describe, expect, it } from 'vitest';
import { refusal } from '../../../src/engine/refusal.ts';

const read = { cluster: 'prod', address: 'tcp://m:2376', method: 'GET', path: '/services/web', secrets: [] };
const write = { ...read, method: 'POST', path: '/services/web/update', secrets: ['hunter2'] };
const list = { ...read, path: '/services' };

const answer = (status: number, message: string) => ({
  status,
  headers: {},
  body: JSON.stringify({ message }),
});

describe('refusal', () => {
  it.each([
    [read, 404, 'service web not found', 'not-found', 'not-found', 'There is no service "web" in prod.'],
    [
      read,
      400,
      'service we is ambiguous (2 matches found)',
      'input',
      'ambiguous',
      'give the name, or more of the id',
    ],
    [
      list,
      503,
      "This node is not a swarm manager. Worker nodes can't",
      'unavailable',
      'not-a-manager',
      'is a worker',
    ],
    [
      list,
      503,
      'This node is not a swarm manager. Use "docker swarm init"',
      'unavailable',
      'not-a-manager',
      'in no Swarm',
    ],
    [list, 500, 'The swarm does not have a leader. It', 'unavailable', 'no-leader', 'has no leader'],
    [
      write,
      500,
      'rpc error: update out of sequence',
      'conflict',
      'out-of-sequence',
      '"web" was changed meanwhile',
    ],
    [write, 500, 'context deadline exceeded', 'unavailable', 'timed-out', 'gave up waiting'],
    [write, 409, 'network in use', 'conflict', 'conflict', '"network in use"'],
    [write, 501, 'renaming services is not supported', 'conflict', 'rejected', '"renaming services is not'],
    [list, 400, "Invalid filter 'x'", 'input', 'rejected', '"Invalid filter \'x\'"'],
    [list, 403, 'Forbidden', 'unavailable', 'rejected', "doesn't let Shipmate do GET /services"],
    [list, 500, 'boom', 'unavailable', 'rejected', '(HTTP 500): "boom"'],
    [list, 301, '', 'unavailable', 'garbled', 'redirect'],
  ])('tells %j, %i "%s" as %s', (subject, status, message, kind, reason, sentence) => {
    const failure = refusal(subject, answer(status, message));
    expect(failure).toMatchObject({ kind, reason });
    expect(failure.message).toContain(sentence);
  });

  it.each([
    [502, 'unreachable', 'hung up', true],
    [503, 'unreachable', 'is dockerd running there?', false],
    [504, 'timed-out', 'in time', true],
  ])('knows a proxy’s own %i from the engine’s', (status, reason, sentence, uncertain) => {
    const body = `<html><body><h1>${status} Service Unavailable</h1>\nNo server is available.\n</body></html>`;
    const failure = refusal(write, { status, headers: {}, body });
    expect(failure).toMatchObject({ kind: 'unavailable', reason, uncertain });
    expect(failure.message).toContain(sentence);
    expect(refusal(write, answer(status, 'the engine’s own words')).reason).toBe('rejected');
  });

  it('leaves open whether a write was done that failed inside, and only then', () => {
    expect(refusal(write, answer(500, 'boom')).uncertain).toBe(true);
    expect(refusal(write, answer(504, '')).uncertain).toBe(true);
    expect(refusal(write, answer(500, 'context deadline exceeded')).uncertain).toBe(true);
    expect(refusal(write, answer(500, 'update out of sequence')).uncertain).toBe(false);
    expect(refusal(write, answer(400, 'bad')).uncertain).toBe(false);
    expect(refusal(read, answer(500, 'boom')).uncertain).toBe(false);
  });

  it.each([400, 409, 422, 501])('tells a %i without the engine’s address and its protocol', (status) => {
    const said = 'rpc error: code = InvalidArgument desc = Invalid memory value 1';
    const { message } = refusal(write, answer(status, said));
    expect(message).toMatch(/^The engine of prod [a-z].*: "Invalid memory value 1"\.$/);
  });

  it('quotes nothing that looks like a secret, wherever the engine has it from', () => {
    const said = 'Get "https://ops:hunter3@registry/v2/": label db.password=hunter4 is too long';
    const { message } = refusal(write, answer(500, said));
    expect(message).toContain('is too long');
    expect(message).not.toMatch(/hunter[34]/);
  });

  it('quotes at most 300 characters, on one line, without tags and without secrets that were sent', () => {
    const body = `<html><h1>Bad\n\nGateway</h1> PASSWORD=hunter2 ${'x'.repeat(5000)}</html>`;
    const { message } = refusal(write, { status: 500, headers: {}, body });
    expect(message).toContain('"Bad Gateway PASSWORD=•••• xxx');
    expect(message.length).toBeLessThan(420);
    expect(message).not.toContain('\n');
  });
});
