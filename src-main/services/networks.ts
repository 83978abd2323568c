/** Networks opened from files and saved into them, in the system's dialogues. */
import { basename } from 'node:path';
import { CodedError, type ContractHandlers } from '../contract';
import type { ServiceContext } from './context';
import { readNetworkFile, writeNetworkFile } from './network-files';

export function networksService({ shell }: ServiceContext): ContractHandlers['networks'] {
  return {
    async openFile() {
      if (!shell) throw new CodedError('call-unknown', { name: 'networks.openFile' });
      const path = await shell.pickFile();
      return path === null ? null : { ...(await readNetworkFile(path)), file: basename(path) };
    },
    async saveFile({ network, name }) {
      if (!shell) throw new CodedError('call-unknown', { name: 'networks.saveFile' });
      const path = await shell.pickPlace(name, 'json');
      if (path === null) return null;
      await writeNetworkFile(path, network);
      return basename(path);
    },
  };
}
