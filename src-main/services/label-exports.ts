/** Exports of labels: what can be exported, where to, and the job that does it. */
import { basename } from 'node:path';
import {
  CodedError,
  exportLabelsResultSchema,
  type ContractHandlers,
  type ExportLabelsInput,
  type Job,
} from '../contract';
import { exportedColumns, formatFits } from '../data/label-data';
import { labelFormats } from '../data/label-format';
import { getVersion } from '../storage/datasets';
import { findProjectByDataset } from '../storage/projects';
import type { ServiceContext } from './context';
import type { PendingEditsReader } from './pending-edits';

export function labelExportsService(
  context: ServiceContext,
  edits: PendingEditsReader,
): ContractHandlers['labelExports'] {
  const { library, files, shell, supervisor } = context;
  const { db } = library;
  return {
    async choices({ versionId }) {
      const version = getVersion(db, versionId);
      const target = findProjectByDataset(db, version.datasetId)?.data?.target ?? null;
      const columns = exportedColumns(version, await edits.state(version), target);
      const formats = [...labelFormats.all]
        .sort((one, other) => one.order - other.order)
        .map(({ id, label, about, extension, isOfBoxes }) => {
          return { id, label, about, extension, isOfBoxes, fits: formatFits({ isOfBoxes }, version, columns) };
        });
      return { formats, columns };
    },
    async pickPlace({ versionId, format }) {
      if (!shell) throw new CodedError('call-unknown', { name: 'labelExports.pickPlace' });
      const { extension } = labelFormats.get(format);
      const { datasetName } = getVersion(db, versionId);
      const place = await shell.pickPlace(`${datasetName}-${format}`, extension);
      return place === null ? null : { place: files.grant(place), name: basename(place) };
    },
    start: ({ place, ...input }) => {
      return { jobId: startLabelExport(context, { ...input, place: files.path(place), replace: true }).id };
    },
    result: async ({ jobId }) => exportLabelsResultSchema.parse(await supervisor.result(jobId)),
  };
}

/** @throws CodedError `not-found`, `definition-unknown` */
export function startLabelExport({ library, supervisor }: ServiceContext, input: ExportLabelsInput): Job {
  const { datasetName, datasetId } = getVersion(library.db, input.versionId);
  labelFormats.get(input.format);
  return supervisor.start({ kind: 'export-labels', input, subject: datasetName, subjectId: datasetId });
}
