/** The contract's front door: every domain in one object, from which server and client are inferred. */
import { app } from './domains/app';
import { assist } from './domains/assist';
import { augmentation } from './domains/augmentation';
import { comparisons } from './domains/comparisons';
import { datasets } from './domains/datasets';
import { edits } from './domains/edits';
import { exports } from './domains/exports';
import { jobs } from './domains/jobs';
import { labelExports } from './domains/label-exports';
import { labels } from './domains/labels';
import { models } from './domains/models';
import { networks } from './domains/networks';
import { preflight } from './domains/preflight';
import { probes } from './domains/probes';
import { profiles } from './domains/profiles';
import { projects } from './domains/projects';
import { recordings } from './domains/recordings';
import { readings } from './domains/readings';
import { quality } from './domains/quality';
import { queue } from './domains/queue';
import { reports } from './domains/reports';
import { runs } from './domains/runs';
import { searches } from './domains/searches';
import { splits } from './domains/splits';
import type { Client, Handlers } from './procedure';

export const contract = {
  app,
  projects,
  comparisons,
  datasets,
  assist,
  augmentation,
  edits,
  exports,
  jobs,
  labelExports,
  labels,
  quality,
  queue,
  reports,
  runs,
  models,
  networks,
  preflight,
  probes,
  profiles,
  readings,
  recordings,
  searches,
  splits,
};
export type Contract = typeof contract;
export type ContractClient = { readonly [D in keyof Contract]: Client<Contract[D]> };
export type ContractHandlers = { readonly [D in keyof Contract]: Handlers<Contract[D]> };

/**
 * Pushed from main to the window: what has changed and should be read again (`versions-changed` are the versions of a dataset
 * and the edits over them); `close-requested` asks for a `CloseAnswer`,
 * `window-recovered` says that the page had crashed and was loaded again.
 */
export type Notice =
  | 'jobs-changed'
  | 'runs-changed'
  | 'projects-changed'
  | 'versions-changed'
  | 'searches-changed'
  | 'close-requested'
  | 'window-recovered';
export type RpcReply =
  { ok: true; value: unknown } | { ok: false; error: { code: string; parameters: Record<string, string | number> } };

export { csvCell } from './csv-cell';
export * from './adjustments';
export * from './anomalies';
export * from './assist';
export * from './branches';
export * from './comparisons';
export * from './data';
export * from './domains/augmentation';
export { defaultPreferences, type Device, type Preferences } from './domains/app';
export { mostPasted } from './domains/app';
export { mostDropped } from './domains/jobs';
export type { Project } from './domains/projects';
export { recordingDeviceSchema, type RecordingDevice } from './domains/recordings';
export * from './edits';
export * from './errors';
export * from './estimate';
export * from './events';
export * from './forecasts';
export * from './job-protocol';
export * from './jobs';
export * from './label-exports';
export * from './labels';
export * from './left-out';
export * from './live';
export * from './network';
export * from './network-file';
export * from './portable';
export * from './probes';
export * from './profiles';
export * from './quality';
export * from './queue';
export * from './reading';
export * from './recommendations';
export * from './reports';
export * from './row-query';
export * from './run-exports';
export * from './run-summaries';
export * from './runs';
export * from './scores';
export * from './searches';
export * from './splits';
export * from './steps';
export * from './text';
export * from './training';
export * from './versions';
