/** How the data of runs differ beyond their choices: which version, and how many rows it has. */
import type { DatasetVersion, Run } from '../../../../src-main/contract';
import { formatNumber, m } from '../../../i18n';

interface Line {
  readonly label: string;
  readonly values: readonly string[];
}

/** Nothing where all runs have one version. @param versions those that were read, by id */
export function dataLines(
  shown: readonly Run[],
  all: readonly Run[],
  versions: ReadonlyMap<string, Pick<DatasetVersion, 'number' | 'rowCount'>>,
): Line[] {
  if (new Set(all.map(({ data }) => data.versionId)).size < 2) return [];
  const several = new Set(all.map(({ datasetName }) => datasetName)).size > 1;
  const read = shown.map((run) => ({ run, version: versions.get(run.data.versionId) }));
  return [
    ...(several ? [{ label: m.compare_dataset(), values: shown.map(({ datasetName }) => datasetName) }] : []),
    {
      label: m.runs_path_version(),
      values: read.map(({ version }) => (version ? m.compare_version({ number: version.number }) : '–')),
    },
    { label: m.compare_rows(), values: read.map(({ version }) => (version ? formatNumber(version.rowCount) : '–')) },
  ];
}
