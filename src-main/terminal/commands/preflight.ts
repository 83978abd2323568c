/** `preflight`: what a training would take, measured on some of its batches, with what should be looked at before it. */
import { availableMemory } from 'node:process';
import { cautionsFor } from '../../catalog';
import { preflightSchema, secondsOf, type Preflight, type PreflightInput, type Range } from '../../contract';
import { startPreflight } from '../../services/preflight';
import { chosenRun, runOptions } from '../chosen-run';
import { one, type CommandDefinition } from '../command-definition';
import { megabytes } from '../table';
import { followProgress } from '../follow';
import type { Session } from '../session';

export const command: CommandDefinition = {
  order: 4,
  usage: 'preflight <dataset>',
  description: 'Measure what a training would take in time, memory and on disk; takes the options of `train`.',
  options: runOptions,
  async run(session, parameters, raw) {
    const chosen = await chosenRun(session, one(parameters), raw);
    const job = await startPreflight(session.context, chosen);
    const preflight = preflightSchema.parse(await followProgress(session, job.id));
    const cautions = await cautionsOf(session, chosen, preflight);
    session.output.result(
      { ...preflight, seconds: secondsOf(preflight.estimate, chosen.settings.epochs), cautions },
      [...reportLines(preflight), ...cautions.map(({ text, next }) => `! ${text.en} ${next.en}`)].join('\n'),
    );
  },
};

async function cautionsOf({ services }: Session, chosen: PreflightInput, preflight: Preflight) {
  const description = await services.datasets.describe(chosen.data);
  const room = { memory: availableMemory(), disk: preflight.freeDisk };
  return cautionsFor({ ...chosen, description, preflight, room });
}

function reportLines({ estimate, cached }: Preflight): string[] {
  const { batches, epochs, epoch, memory, disk } = estimate;
  const lines = [
    `${epochs} epochs take at most ${secondsText(secondsOf(estimate, epochs))}, ${secondsText(epoch)} each.`,
    `Before the first ${estimate.opening.toFixed(1)} s, after the last ${estimate.closing.toFixed(1)} s. Measured on ${batches} batches.`,
  ];
  if (memory) lines.push(`Memory: ${bytesText(memory)}.`);
  if (disk) lines.push(`Disk: ${bytesText(disk)}.`);
  if (cached > 0) lines.push(`The prepared data takes ${megabytes(cached)} in the cache, which further runs share.`);
  return lines;
}

function secondsText({ value, low, high }: Range): string {
  const digits = value < 10 ? 2 : 0;
  return `${value.toFixed(digits)} s (${low.toFixed(digits)} to ${high.toFixed(digits)} s)`;
}

function bytesText({ value, low, high }: Range): string {
  return `${megabytes(value)} (${megabytes(low)} to ${megabytes(high)})`;
}
