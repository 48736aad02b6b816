const nanosecondsPerSecond = 1e9;

/**
 * A duration as Go prints it: `5s`, `1m30s`, `1h0m0s`, `250ms`. Source: https://pkg.go.dev/time#Duration.String
 * @param nanoseconds the unit of every duration in the Engine API.
 */
export function goDuration(nanoseconds: number): string {
  if (nanoseconds < 0) return `-${goDuration(-nanoseconds)}`;
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 1e3) return `${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${nanoseconds / 1e3}µs`;
  if (nanoseconds < nanosecondsPerSecond) return `${nanoseconds / 1e6}ms`;
  const whole = Math.trunc(nanoseconds / nanosecondsPerSecond);
  const hours = Math.trunc(whole / 3600);
  const minutes = Math.trunc((whole % 3600) / 60);
  const seconds = ((nanoseconds % (60 * nanosecondsPerSecond)) / nanosecondsPerSecond).toString();
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
