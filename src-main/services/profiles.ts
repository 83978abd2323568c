/** Profiles of columns, as the data thread makes and keeps them. */
import type { ContractHandlers } from '../contract';
import { getVersion } from '../storage/datasets';
import type { ServiceContext } from './context';

export function profilesService({ library: { db }, data }: ServiceContext): ContractHandlers['profiles'] {
  return {
    relations: (setup) => data.relations(getVersion(db, setup.versionId), setup),
    column: ({ setup, column }) => data.columnProfile(getVersion(db, setup.versionId), setup, column),
    pictureSizes: ({ versionId }) => data.pictureSizes(getVersion(db, versionId)),
    series: ({ versionId, ...query }) => data.series(getVersion(db, versionId), query),
  };
}
