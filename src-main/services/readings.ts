/** Reads a dataset's file again in the way that a person says: the window names the dataset, and never a path. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { CodedError, type ContractHandlers } from '../contract';
import { listDatasets } from '../storage/datasets';
import { findOrigin, type Origin } from '../storage/origins';
import type { ServiceContext } from './context';
import { startImport } from './jobs';

export function readingsService({ library, supervisor }: ServiceContext): ContractHandlers['readings'] {
  return {
    again({ datasetId, reading }) {
      const dataset = listDatasets(library.db).find(({ id }) => id === datasetId)?.name;
      if (dataset === undefined) throw new CodedError('not-found', { what: 'dataset', id: datasetId });
      const origin = findOrigin(library.db, datasetId);
      if (!origin) throw new CodedError('origin-unknown', { dataset });
      requireFiles(origin);
      const said = { ...origin.reading, ...reading };
      const input = { source: origin.source, name: dataset, target: null, reading: said };
      return { jobId: startImport(supervisor, input).id };
    },
  };
}

/** @throws CodedError `origin-gone` naming the first file that is not there */
function requireFiles({ source }: Origin): void {
  const paths = source.kind === 'file' ? [source.path] : source.kind === 'files' ? source.paths : [];
  const gone = paths.find((path) => !existsSync(path));
  if (gone !== undefined) throw new CodedError('origin-gone', { file: basename(gone) });
}
