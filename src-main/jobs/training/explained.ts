/** TensorFlow's own errors in words for people, where their cause is known. */
import { CodedError } from '../../contract';
import { isOutOfMemory } from './batch-memory';

export function explained(error: unknown, batchSize: number): unknown {
  if (error instanceof CodedError || !(error instanceof Error)) return error;
  if (isOutOfMemory(error)) return new CodedError('out-of-memory', { batchSize }, error);
  const kernel = /Kernel '(\w+)' not registered for backend '(\w+)'/.exec(error.message);
  if (!kernel) return error;
  const detail = `it has no ${kernel[1] ?? ''}`;
  return new CodedError('backend-cannot-train', { backend: kernel[2] ?? '', detail }, error);
}
