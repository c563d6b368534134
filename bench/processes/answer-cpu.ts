/**
 * Lets the benchmark ask this process how much processor time it has used, in microseconds. Throughput alone says
 * little on a machine that also runs the load and the CRM.
 */
export function answerCpu(url: string): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system });
  });
  process.send?.({ url });
}
