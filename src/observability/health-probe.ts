// The image's HEALTHCHECK: ends with 0 when the bot beside it says that it is healthy. Imports nothing, to be quick.
try {
  const url = `http://127.0.0.1:${process.env['HEALTH_PORT']}/healthz`;
  const response = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = response.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
