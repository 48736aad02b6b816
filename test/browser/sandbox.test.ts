import { expect, it, onTestFailed } from 'vitest';
import { startSwarm } from '../../src/sandbox/swarm/swarm.ts';
import { describeBrowser } from './describe-browser.ts';
import { startSandbox } from '../bot/sandbox-process.ts';
import { type } from './visit.ts';

const deadlineMs = 30_000;

describeBrowser('the sandbox', (browser) => {
  it('takes the real bot from a command to the end of an update, and refuses who may not', async () => {
    await using swarm = await startSwarm({ nodes: 3, speed: 20, repository: 'app' });
    swarm.services.create({
      Name: 'web',
      Mode: { Replicated: { Replicas: 2 } },
      TaskTemplate: { ContainerSpec: { Image: 'app:1' } },
      UpdateConfig: { Parallelism: 1, FailureAction: 'pause', Monitor: 5_000_000_000 },
    });
    await using sandbox = await startSandbox(['--engine', swarm.dockerHost]);
    onTestFailed(() => void process.stderr.write(sandbox.output.join('\n')));
    await using context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(deadlineMs);
    const page = await context.newPage();
    await page.goto(sandbox.address);
    await page.getByText('The bot is connected').waitFor();

    await type(page, '/swarm ls');
    await page.getByRole('row', { name: 'web replicated 2/2 app:1' }).waitFor();
    await type(page, '/swarm scale web=3');
    await page.getByRole('heading', { name: 'web scaled from 2 to 3' }).waitFor();
    await type(page, '/swarm deploy web app:2');
    await page.getByRole('heading', { name: 'web updated' }).waitFor();
    await type(page, '/swarm deploy web app:crash');
    await page.getByText('cannot reach database').first().waitFor();
    await page.getByRole('button', { name: 'Roll back…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('heading', { name: 'web rolled back' }).waitFor();

    await page.getByLabel('You are').selectOption({ label: 'Bob, viewer' });
    await type(page, '/swarm scale web=9');
    await page.getByText('Nothing grants you service.scale').waitFor();
    await page.getByLabel('You are').selectOption({ label: 'Gus, a guest' });
    await type(page, '/swarm ls');
    await page.getByText('guest').last().waitFor();

    expect(await sandbox.interrupt()).toBe(0);
    await page.getByText('The sandbox isn’t running').waitFor();
    expect(sandbox.output.filter((line) => line.startsWith('bot:'))).toEqual([]);
  });

  it('starts with a simulated shop, to which the docker CLI can talk, and sets off scenarios in it', async () => {
    await using sandbox = await startSandbox(['--scenario', 'no-room']);
    onTestFailed(() => void process.stderr.write(sandbox.output.join('\n')));
    await using context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(deadlineMs);
    const page = await context.newPage();
    await page.goto(sandbox.address);
    await page.getByText('The bot is connected').waitFor();
    expect(sandbox.output).toContainEqual(expect.stringMatching(/^DOCKER_HOST=tcp:\/\/127\.0\.0\.1:\d+$/));

    await page.getByRole('button', { name: 'Scenarios' }).click();
    await page.getByRole('button', { name: 'Set off missing-image' }).click();
    await page.getByText('Set off at').waitFor();
    await page.getByRole('button', { name: '/swarm ps missing-image' }).click();
    expect(await page.getByRole('textbox', { name: 'Message #' }).inputValue()).toBe(
      '/swarm ps missing-image',
    );
    await type(page, '/swarm ls');
    await page.getByRole('row', { name: 'shop_web replicated 4/4' }).waitFor();
    await page.getByRole('row', { name: 'missing-image replicated 0/2' }).waitFor();
    await type(page, '/swarm ps --no-trunc no-room');
    await page.getByText('insufficient resources').first().waitFor();
    expect(await sandbox.interrupt()).toBe(0);
  });
});
