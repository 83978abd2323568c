/** Edits over a version before a new one is made of them. All but `rows` and `make` answer how things stand afterwards. */
import { z } from 'zod';
import { editedRowSchema, editResultSchema, editSchema, pendingEditsSchema } from '../edits';
import { procedure } from '../procedure';

const versionInput = z.object({ versionId: z.string() });

export const edits = {
  pending: procedure({ input: versionInput, output: pendingEditsSchema }),
  /**
   * Journals edits as one step, on disk when it answers. Steps that were undone can't be done again afterwards.
   * Throws `column-missing`, `edit-row-missing`, `edit-not-number`, `edit-not-labels`, `edit-picture`, `edit-column-known`,
   * `edit-sound`, `edits-leave-nothing`.
   * With `continues`, one `set` takes the place of the last step where that is a `set` of the same cells, as while a text is
   * typed: the journal does not grow by a step per letter. Else it is a step of its own.
   */
  append: procedure({
    input: versionInput.extend({ edits: z.array(editSchema).min(1).max(2000), continues: z.boolean().optional() }),
    output: pendingEditsSchema,
  }),
  /** Takes the last step back; nothing happens where there is none. */
  undo: procedure({ input: versionInput, output: pendingEditsSchema }),
  redo: procedure({ input: versionInput, output: pendingEditsSchema }),
  /** Takes all steps back; `redo` brings them again, one by one. */
  clear: procedure({ input: versionInput, output: pendingEditsSchema }),
  /** How the edits show on some rows. */
  rows: procedure({
    input: versionInput.extend({ rows: z.array(z.number().int().min(0)).max(2000) }),
    output: z.array(editedRowSchema),
  }),
  /** Starts the job that makes a version of them. Throws `edits-none`. */
  make: procedure({ input: versionInput, output: z.object({ jobId: z.string() }) }),
  /** Waits for that job's end. Throws its coded error, or `job-cancelled`. */
  made: procedure({ input: z.object({ jobId: z.string() }), output: editResultSchema }),
};
