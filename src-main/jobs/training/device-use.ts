/** What a training takes of the machine while it goes: told of every two seconds to those who watch, and kept nowhere. */
import { availableParallelism } from 'node:os';
import type { DeviceUse } from '../../contract';
import { GpuMeter } from './gpu-use';

const EVERY = 2000;

/** @param hasGpu whether an NVIDIA GPU trains. @returns a function that ends it. */
export function tellDeviceUse(hasGpu: boolean, tell: (use: DeviceUse) => void): () => void {
  const gpu = hasGpu ? new GpuMeter() : null;
  gpu?.ask();
  let [began, usage] = [performance.now(), process.cpuUsage()];
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(usage);
    const microseconds = (performance.now() - began) * 1000;
    [began, usage] = [performance.now(), process.cpuUsage()];
    tell({
      cores: (user + system) / microseconds,
      coresTotal: availableParallelism(),
      memory: process.memoryUsage.rss(),
      gpu: gpu?.last ?? null,
    });
    gpu?.ask();
  }, EVERY);
  return () => clearInterval(timer);
}
