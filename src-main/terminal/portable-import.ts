/** `import FILE.tandem`: runs or a project of another library. */
import { extname, resolve } from 'node:path';
import { importPortableResultSchema, portableExtension } from '../contract';
import { startPortableImport } from '../services/exports';
import { followProgress } from './follow';
import type { Session } from './session';

export function isPortable(path: string): boolean {
  return extname(path).toLowerCase() === `.${portableExtension}`;
}

/** @throws CodedError the import's own */
export async function importPortable(session: Session, path: string): Promise<void> {
  const job = startPortableImport(session.context, resolve(path));
  const result = importPortableResultSchema.parse(await followProgress(session, job.id));
  const project = await session.services.projects.get({ id: result.projectId });
  const { runs, known, isDataAdded } = result;
  session.output.result(
    { ...result, project: project.name },
    [
      `Project ${project.name}: ${runs.length === 0 ? 'no new run' : runs.map(({ name }) => name).join(', ')}.`,
      ...(known === 0 ? [] : [`${known} of its runs were here already and stay as they are.`]),
      isDataAdded ? 'Its data was added.' : 'Its data was here already.',
    ].join(' '),
  );
}
