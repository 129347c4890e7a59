/** How a training that runs in a worker tells how far it is, and is told to stop. */
import { EngineError } from '../../contracts/errors.ts';

export interface TrainingProgress {
  /** Rounds done, from 1 on. */
  readonly round: number;
  readonly rounds: number;
  /** Mean loss of the rows that were kept aside; of the training rows where none were. */
  readonly loss: number;
}

export interface TrainingControl {
  onProgress?(progress: TrainingProgress): void;
  /** Asked before every round. A worker does not receive messages while it trains: see {@link cancelFlag}. */
  isCancelled?(): boolean;
}

/** @throws EngineError TRAINING_CANCELLED when it is */
export function throwIfCancelled(control: TrainingControl): void {
  if (control.isCancelled?.() === true) {
    throw new EngineError('TRAINING_CANCELLED', 'the training was cancelled');
  }
}

export interface CancelFlag {
  /** To be sent to the other thread. */
  readonly buffer: SharedArrayBuffer;
  cancel(): void;
  isCancelled(): boolean;
}

/** A flag that both threads see at once. @param buffer of the other thread's flag; without it a new one */
export function cancelFlag(buffer = new SharedArrayBuffer(4)): CancelFlag {
  const flag = new Int32Array(buffer);
  return {
    buffer,
    cancel: () => void Atomics.store(flag, 0, 1),
    isCancelled: () => Atomics.load(flag, 0) === 1,
  };
}
