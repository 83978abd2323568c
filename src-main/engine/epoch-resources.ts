/** What an epoch took of the computer: memory and processor time of this process, from when it is made until it is asked. */
import type { Epoch } from '../contract';

export class EpochResources {
  readonly #began = performance.now();
  readonly #usage = process.cpuUsage();

  taken(): Pick<Epoch, 'memory' | 'cores'> {
    const { user, system } = process.cpuUsage(this.#usage);
    const microseconds = Math.max(1, (performance.now() - this.#began) * 1000);
    return { memory: process.memoryUsage.rss(), cores: (user + system) / microseconds };
  }
}
