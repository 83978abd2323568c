/** Parts → one zip. What is long is stored as it is, so that no file of ours unpacks to a hundred times its size. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ExportWriter } from '../../data/export-writer';
import type { JobContext } from '../definition';
import { storedFrom } from './limits';
import type { PartFile } from './part-files';
import { type Manifest } from './parts';

/**
 * @param manifest without its parts, which are those given.
 * @returns bytes of the file.
 */
export async function writePortable(
  manifest: Omit<Manifest, 'parts'>,
  parts: readonly PartFile[],
  writer: ExportWriter,
  { progress }: Pick<JobContext, 'progress'>,
): Promise<number> {
  const zip = new ZipFile();
  const told: Manifest = { ...manifest, parts: parts.map(({ stated }) => stated) };
  // First, so that whoever reads from the front knows what is to come.
  zip.addBuffer(Buffer.from(JSON.stringify(told, null, 1)), 'manifest.json');
  for (const { stated, file } of parts) {
    zip.addFile(file, stated.path, { compress: isPacked(stated), mode: 0o100644 });
  }
  let bytes = 0;
  const counted = async function* () {
    for await (const chunk of zip.outputStream as unknown as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      progress({ stage: 'export', done: bytes, total: null, unit: 'bytes' });
      yield chunk;
    }
  };
  const failed = new Promise<never>((_, reject) => zip.once('error', reject));
  zip.end();
  await Promise.race([writer.stream(Readable.from(counted())), failed]);
  return bytes;
}

/** Parquet is packed already. */
function isPacked({ path, bytes }: PartFile['stated']): boolean {
  return bytes < storedFrom && !path.endsWith('.parquet');
}
