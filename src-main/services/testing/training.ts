/** What tests of training processes share: a library with an imported table, runs over it, and the hash of what was learnt. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generator } from '../../catalog/random';
import type { ImportResult, LiveEvent, TrainingSettings } from '../../contract';
import { newId } from '../../storage/ids';
import { openLibrary, type Library } from '../../storage/library';
import { loadModel } from '../../storage/models';
import { getProject } from '../../storage/projects';
import { createRun } from '../../storage/runs';
import { Supervisor } from '../supervisor';
import { forkJob } from './launch';

export type Child = ReturnType<typeof forkJob>;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export class TrainingBench {
  readonly folder: string;
  readonly library: Library;
  readonly supervisor: Supervisor;
  /** Processes in the order of their starts. */
  readonly children: Child[] = [];

  /** @param entry the built job entry. @param folder for the library, a fresh one if absent. */
  constructor(entry: string, folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'))) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.library = openLibrary(join(folder, 'library'));
    const launch = () => {
      const child = forkJob(entry);
      this.children.push(child);
      return child;
    };
    this.supervisor = new Supervisor({ library: this.library, resources: folder, launch, log: silent });
  }

  async close(): Promise<void> {
    await this.supervisor.shutdown(100);
    this.library.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** 5,000 rows of six numbers, whose class is the sign pattern of two sums. @returns the project's id */
  async importTable(): Promise<string> {
    const next = generator(3);
    const rows = Array.from({ length: 5000 }, () => {
      const values = Array.from({ length: 6 }, () => ((next() % 2001) - 1000) / 100);
      const [a, b, c, d] = values as [number, number, number, number];
      return [...values, `${a + b > 0 ? 'p' : 'q'}${c - d > 0 ? '1' : '2'}`].join(',');
    });
    const path = join(this.folder, 'table.csv');
    writeFileSync(path, ['a,b,c,d,e,f,kind', ...rows].join('\n'));
    const input = { source: { kind: 'file', path }, name: null, target: 'kind' };
    const job = this.supervisor.start({ kind: 'import', input, subject: 'table', subjectId: null });
    return ((await this.supervisor.result(job.id)) as ImportResult).projectId;
  }

  makeRun(projectId: string, changes: Partial<TrainingSettings>): string {
    const { data, network, settings } = getProject(this.library.db, projectId);
    if (!data || !network || !settings) throw new Error('The import proposed nothing');
    const id = newId();
    const earlyStopping = { ...settings.earlyStopping, enabled: false, restoreBest: false };
    const split = { kind: 'random' as const, seed: 1, validation: 0.1, test: 0.2, stratified: false };
    createRun(this.library.db, {
      id,
      projectId,
      name: id,
      data: { ...data, split },
      datasetName: 'table',
      network,
      settings: { ...settings, earlyStopping, ...changes },
    });
    return id;
  }

  /** Trains in a process of its own. @returns its end, the process beside it. */
  train(runId: string, onLive: (event: LiveEvent, child: Child) => void = () => undefined): Promise<unknown> {
    const job = this.supervisor.start({ kind: 'train', input: { runId }, subject: 'run', subjectId: runId });
    const child = this.children.at(-1);
    if (!child) throw new Error('Nothing was started');
    this.supervisor.onLive(job.id, (event) => onLive(event, child));
    return this.supervisor.result(job.id);
  }

  /** SHA-256 of the saved weights. */
  weightsOf(runId: string): string {
    return loadModel(this.library.db, runId).info.sha256;
  }
}
