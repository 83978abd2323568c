/** Previews of augmentations, from one process for all that is kept for a while. */
import { augmentedPicturesSchema, type ContractHandlers } from '../contract';
import type { ServiceContext } from './context';
import { KeptJob } from './kept-job';

export function augmentationService({ supervisor }: ServiceContext): ContractHandlers['augmentation'] {
  const job = new KeptJob(supervisor, { kind: 'augment', input: {}, subject: 'augmentation', subjectId: null });
  return { preview: async (input) => augmentedPicturesSchema.parse(await job.ask(input)) };
}
