/** Reads a dataset's file again in the way that a person says: the window names the dataset, and never a path. */
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { CodedError, type ContractHandlers, type Reading } from '../contract';
import { listDatasets } from '../storage/datasets';
import { findOrigin, type Origin } from '../storage/origins';
import type { ServiceContext } from './context';
import { startImport } from './jobs';

export function readingsService({ library, supervisor }: ServiceContext): ContractHandlers['readings'] {
  const find = (datasetId: string) => {
    const dataset = listDatasets(library.db).find(({ id }) => id === datasetId);
    if (!dataset) throw new CodedError('not-found', { what: 'dataset', id: datasetId });
    return { dataset, origin: findOrigin(library.db, datasetId) };
  };
  return {
    async origin({ datasetId }) {
      const { dataset, origin } = find(datasetId);
      if (origin?.source.kind === 'sample' || (!origin && dataset.sample !== null)) return 'sample';
      if (!origin) return 'unknown';
      return (await findGone(origin)) === null ? 'there' : 'gone';
    },
    async again({ datasetId, reading, askTable }) {
      const { dataset, origin } = find(datasetId);
      if (!origin) throw new CodedError('origin-unknown', { dataset: dataset.name });
      const gone = await findGone(origin);
      if (gone !== null) throw new CodedError('origin-gone', { file: basename(gone) });
      const said = askTable ? {} : together(origin.reading, reading);
      const input = { source: origin.source, name: dataset.name, target: null, reading: said, askTable };
      return { jobId: startImport(supervisor, input).id };
    },
  };
}

/** What was said of one table says nothing of another. */
function together(before: Reading, now: Reading): Reading {
  return now.table === undefined || now.table === before.table ? { ...before, ...now } : now;
}

/** The first file that is not there; null where all are. */
async function findGone({ source }: Origin): Promise<string | null> {
  const paths = source.kind === 'file' ? [source.path] : source.kind === 'files' ? source.paths : [];
  for (const path of paths) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere) return path;
  }
  return null;
}
