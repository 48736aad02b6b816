// The image's HEALTHCHECK: ends with 0 when the bot beside it says that it is healthy, or was told to say nothing.
// Imports nothing, to be quick.
const port = process.env['HEALTH_PORT'];
if (!port || port === 'off') process.exit(0);
try {
  const url = `http://127.0.0.1:${port}/healthz`;
  const response = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = response.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
