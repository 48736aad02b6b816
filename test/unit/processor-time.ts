/** Milliseconds of processor time that something takes: how busy the machine is besides makes no difference. */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
