/** Projects with the best of their runs, by the direction that its metric has. */
import { isHigherBetter } from '../catalog';
import type { ContractHandlers, Project } from '../contract';
import {
  archiveProject,
  bestsByProject,
  getProject,
  listProjects,
  openProject,
  updateProject,
  type Best,
  type StoredProject,
} from '../storage/projects';
import type { ServiceContext } from './context';

export function projectsService({ library, notify }: ServiceContext): ContractHandlers['projects'] {
  const { db } = library;
  const complete = (project: StoredProject): Project => ({
    ...project,
    best: bestOf(bestsByProject(db, project.id).get(project.id) ?? []),
  });
  const changed = (project: StoredProject): Project => {
    notify('projects-changed');
    return complete(project);
  };
  return {
    list() {
      const bests = bestsByProject(db, null);
      return listProjects(db).map((project) => ({ ...project, best: bestOf(bests.get(project.id) ?? []) }));
    },
    get: ({ id }) => complete(getProject(db, id)),
    open: ({ id }) => changed(openProject(db, id)),
    update: ({ id, ...changes }) => changed(updateProject(db, id, changes)),
    archive({ id, archived }) {
      archiveProject(db, id, archived);
      notify('projects-changed');
    },
  };
}

/** Of one metric: that of the newest run, as a project may change its task and values of two metrics do not compare. */
export function bestOf(bests: readonly Best[]): Best | null {
  const metric = bests[bests.length - 1]?.metric;
  if (metric === undefined) return null;
  const sign = isHigherBetter(metric) ? 1 : -1;
  return bests
    .filter((best) => best.metric === metric)
    .reduce((winner, best) => (sign * best.value > sign * winner.value ? best : winner));
}
