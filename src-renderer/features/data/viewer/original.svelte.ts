/** One picture's file as it came: fetched a piece at a time, decoded by the browser, shown by an address of this window alone. */
import { CodedError } from '../../../../src-main/contract';
import { client } from '../../../ipc/client';

export interface ShownOriginal {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export class Original {
  #shown = $state.raw<ShownOriginal | null>(null);
  #error = $state.raw<unknown>(null);
  #ended = false;

  constructor(versionId: string, column: string, row: number) {
    void this.#load(versionId, column, row);
  }

  /** Null while it is read. */
  get shown(): ShownOriginal | null {
    return this.#shown;
  }
  get error(): unknown {
    return this.#error;
  }

  /** Gives its memory back. */
  end(): void {
    this.#ended = true;
    if (this.#shown) URL.revokeObjectURL(this.#shown.url);
  }

  async #load(versionId: string, column: string, row: number): Promise<void> {
    let url = '';
    try {
      const blob = await this.#read(versionId, column, row);
      if (!blob) return;
      url = URL.createObjectURL(blob);
      const image = new Image();
      image.src = url;
      await image.decode().catch((cause: unknown) => {
        throw new CodedError('original-damaged', { dataset: column, row: row + 1 }, cause);
      });
      const { naturalWidth: width, naturalHeight: height } = image;
      if (this.#ended) URL.revokeObjectURL(url);
      else this.#shown = { url, width, height, bytes: blob.size };
    } catch (error) {
      if (url !== '') URL.revokeObjectURL(url);
      this.#error = error;
    }
  }

  /** Null where it is no longer wanted. */
  async #read(versionId: string, column: string, row: number): Promise<Blob | null> {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (let offset = 0; !this.#ended;) {
      const { type, total, bytes } = await client.datasets.original({ versionId, column, row, offset });
      pieces.push(new Uint8Array(bytes));
      offset += bytes.length;
      if (offset >= total || bytes.length === 0) return new Blob(pieces, { type });
    }
    return null;
  }
}
