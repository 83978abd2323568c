/** The split that a setup begins with: the parts that the data's files name where they name any, else rows drawn at random. */
import type { DatasetVersion, Split } from '../contract';

/** @param stratified whether each part gets the same mix of classes. */
export function startingSplit({ hasGivenSplit }: Pick<DatasetVersion, 'hasGivenSplit'>, stratified: boolean): Split {
  return hasGivenSplit ? ownParts({ seed: 1, stratified }) : { kind: 'random', ...drawn, seed: 1, stratified };
}

/** Shares of training, validation and test rows that are drawn where nothing says otherwise. */
const drawn = { validation: 0.15, test: 0.15 };

/** As the data's files say; a part that they name no rows for is drawn. */
export function ownParts({ seed, stratified }: { readonly seed: number; readonly stratified: boolean }): Split {
  return { kind: 'given', seed, stratified, validation: 0.1, test: drawn.test, ownValidation: true };
}
