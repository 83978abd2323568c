/** How far each step of the life cycle is, read off the open project and the jobs. */
import { m } from '../../i18n';
import { activity } from '../../state/activity.svelte';
import type { Step } from '../../state/navigation.svelte';
import { workspace } from '../../state/workspace.svelte';

export type StepState = 'empty' | 'ready' | 'working' | 'attention';

export function stepState(step: Step): StepState {
  const { project, setup, descriptionError, checked, network } = workspace;
  if (!project) return 'empty';
  const training = activity.running.some((job) => job.kind === 'train' || job.kind === 'search');
  switch (step) {
    case 'data':
      if (activity.running.some((job) => job.kind === 'import')) return 'working';
      return !setup || descriptionError ? 'attention' : 'ready';
    case 'network':
      if (!network) return 'empty';
      return checked && !checked.valid ? 'attention' : 'ready';
    case 'train':
      if (training) return 'working';
      return checked?.valid ? 'ready' : 'empty';
    case 'runs':
    case 'test':
      return project.runCount > 0 ? 'ready' : 'empty';
    case 'use':
      return 'empty';
  }
}

/** The state in words; for a step that cannot be entered, what is missing. */
export function stepWords(step: Step): string {
  if (!workspace.project) return m.frame_need_project();
  if ((step === 'network' || step === 'train') && !workspace.setup) return m.frame_need_target();
  const words = {
    empty: m.frame_step_empty,
    ready: m.frame_step_ready,
    working: m.frame_step_working,
    attention: m.frame_step_attention,
  };
  return words[stepState(step)]();
}
