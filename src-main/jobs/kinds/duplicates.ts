/** Duplicates: which rows of a version are alike, found once and kept beside its rows for every split to be examined. */
import { duplicatesInputSchema } from '../../contract';
import { findDuplicates } from '../../data/duplicates/find';
import { getVersion } from '../../storage/datasets';
import { defineJob } from '../definition';

export const duplicatesJob = defineJob({
  kind: 'duplicates',
  input: duplicatesInputSchema,
  async run({ versionId, columns }, { library, signal, progress }): Promise<null> {
    await findDuplicates(library, getVersion(library.db, versionId), columns, { signal, progress });
    return null;
  },
});
