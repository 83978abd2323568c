/**
 * Main's side of the bridge: three calls, each refused unless it comes from the window's own main frame. `rpc` is the
 * contract; `adopt-file` and `close-answer` can only be said by the preload.
 */
import { basename, isAbsolute } from 'node:path';
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import type { RpcReply } from '../contract';
import type { AdoptedFile, CloseAnswer } from '../contract/bridge';
import type { Log } from '../services/supervisor';
import { isOwnFrame } from './security';

export interface IpcAnswers {
  rpc(name: string, input: unknown): Promise<RpcReply>;
  /** @param path absolute. @returns the handle under which the window may name the file from now on. */
  grantFile(path: string): string | Promise<string>;
  closeAnswer(answer: CloseAnswer): void;
}

const nameSchema = z.string().max(100);
const pathSchema = z.string().min(1).max(4096).refine(isAbsolute, 'is not absolute');
const closeAnswerSchema = z.enum(['shown', 'keep', 'stop']);

export function serveIpc(answers: IpcAnswers, log: Log): void {
  const handle = (channel: string, answer: (...values: unknown[]) => unknown) =>
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, ...values: unknown[]) => {
      if (!isOwnFrame(event.senderFrame, event.sender)) {
        log.warn('denied', { kind: 'sender', channel, url: event.senderFrame?.url ?? null });
        throw new Error('This frame may not call the app.');
      }
      return answer(...values);
    });
  handle('rpc', (name, input) => answers.rpc(nameSchema.parse(name), input));
  handle('adopt-file', async (raw): Promise<AdoptedFile> => {
    const path = pathSchema.parse(raw);
    return { file: await answers.grantFile(path), name: basename(path) };
  });
  handle('close-answer', (answer) => answers.closeAnswer(closeAnswerSchema.parse(answer)));
}
