/** Which ways of reading may be said of which source. */
import { CodedError, readingChoices, type Reading } from '../contract';
import type { SourceDefinition } from './source';

/** @throws CodedError `header-not-asked`, `reading-not-asked` for what is said of a source that has no such choice */
export function refuseReading(
  { choices }: Pick<SourceDefinition, 'choices'>,
  file: string,
  reading: Reading = {},
): void {
  for (const choice of readingChoices) {
    if (reading[choice] === undefined || choices?.includes(choice)) continue;
    throw choice === 'header'
      ? new CodedError('header-not-asked', { file })
      : new CodedError('reading-not-asked', { file, choice });
  }
}
