/** For tests: why a sound is not read. */
import { CodedError, type ErrorCode } from '../../../contract';
import { decodeSound } from '../decode';
import type { SoundLimits } from '../sound';

/** @returns the code of the error; `none` where the sound is read. @throws whatever has no code */
export async function refusalOf(bytes: Uint8Array, limits: SoundLimits): Promise<ErrorCode | 'none'> {
  try {
    await decodeSound(bytes, limits);
    return 'none';
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
}
