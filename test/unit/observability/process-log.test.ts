import { describe, expect, it } from 'vitest';
import { processLog } from '../../../src/observability/process-log.ts';
import { Failure } from '../../../src/swarm/failure.ts';

/** What one entry looks like in the log. */
function logged(fields: object): string {
  let line = '';
  processLog('info', { write: (text: string) => void (line += text) })
    .child({ part: 'dispatch' })
    .info(fields, 'a request was refused or failed');
  return line;
}

describe('the log', () => {
  it('has an error’s kind, sentence, stack and cause', () => {
    const cause = new Error('ECONNREFUSED');
    const entry = logged({ error: new Failure('unavailable', 'Slack is gone.', { cause }) });
    expect(JSON.parse(entry)).toMatchObject({
      name: 'shipmate',
      part: 'dispatch',
      error: { kind: 'unavailable', message: 'Slack is gone.: ECONNREFUSED' },
    });
    expect(entry).toContain('process-log.test.ts:');
  });

  it('takes an error that leads back to itself', () => {
    const error = Object.assign(new Error('broken'), { request: {} });
    error.request = { error: { request: error.request } };
    Object.assign(error.request, { again: error.request });
    expect(logged({ error })).toContain('"message":"broken"');
  });

  it.each([
    { error: new Failure('input', 'There is no command "login --password hunter2-x".') },
    { error: new Failure('input', 'Wrong.', { cause: new Error('https://ops:hunter2-x@registry') }) },
    { error: 'GET https://ops:hunter2-x@registry failed' },
    {
      ending: {
        outcome: 'failed',
        detail: 'no',
        answer: [{ kind: 'text', text: ['DB_PASSWORD=hunter2-x'] }],
      },
    },
  ])('has no secret that a failure quotes: %j', (fields) => {
    expect(logged(fields)).not.toContain('hunter2-x');
  });
});
