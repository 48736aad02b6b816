import { describe, expect, it } from 'vitest';
import { sampleService } from '../swarm/sample-swarm.ts';
import { ask, buttons, notes, partsOf, touches } from './ask.ts';

const secret = 'hunter2-correct-horse';
const spec = {
  TaskTemplate: {
    ContainerSpec: {
      Image: 'shop/web:1',
      Env: ['MODE=production', `DB_PASSWORD=${secret}`, `PLAIN=${secret}`],
      Args: ['--token', `--password=${secret}`],
    },
  },
};
const service = sampleService('web', { Spec: spec });
const swarm = {
  services: [{ ...service, PreviousSpec: service.Spec }, sampleService('api')],
};

describe('service inspect', () => {
  it('touches each service that it names', async () => {
    expect(await touches('service inspect api', swarm)).toMatchObject({ targets: [{ name: 'api' }] });
  });

  it.for(['service inspect web', 'service inspect --pretty web', 'service inspect -f json web'])(
    'masks secrets, those of the previous spec as well: %s',
    async (line) => {
      const answer = await ask(line, swarm);
      expect(JSON.stringify(answer)).not.toContain(secret);
      expect(JSON.stringify(answer)).toContain('DB_PASSWORD');
    },
  );

  it('gives JSON of all that it found, indented or on one line', async () => {
    const answer = await ask('service inspect web nope api', swarm);
    const text = partsOf(answer, 'code')[0]?.text ?? '';
    expect(JSON.parse(text)).toMatchObject([{ ID: 'id-of-web' }, { ID: 'id-of-api' }]);
    expect(text).toContain('\n    {\n        "ID": "id-of-web"');
    expect(notes(answer)).toEqual(['There is no service nope in prod.']);
    const line = await ask('service inspect --format json web', swarm);
    expect(partsOf(line, 'code')[0]?.text).not.toContain('\n');
  });

  it('offers to change the one service that it shows', async () => {
    expect(Object.keys(buttons(await ask('service inspect --pretty web', swarm)))).toEqual([
      'Refresh',
      'Logs',
      'Scale to 2',
      'Scale to 0',
      'Scale…',
      'Restart',
    ]);
  });
});
