/** Entry of the thread that runs models for a {@link WaitingScorer}: one command at a time. */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { throughGate } from './nativeGate.ts';
import { openSession, type ScoringSession } from './session.ts';
import {
  flags,
  type ScorerAnswer,
  type ScorerCommand,
  type ScorerThread,
} from './waitingScorer.ts';

const { flag, rows, predictions, port, gate } = workerData as ScorerThread;
const sessions = new Map<string, ScoringSession>();

function wake(value: number): void {
  Atomics.store(flag, 0, value);
  Atomics.notify(flag, 0);
}

function tell(answer: ScorerAnswer): void {
  port.postMessage(answer);
  wake('message' in answer ? flags.failed : flags.done);
}

async function obey(command: ScorerCommand): Promise<void> {
  if ('open' in command) {
    const session = await openSession(command.bytes, command.options);
    sessions.set(command.open, session);
    return tell({ signature: session.signature });
  }
  if ('release' in command) {
    const session = sessions.get(command.release);
    sessions.delete(command.release);
    await session?.release();
  } else {
    // The runtime takes no memory that is shared: `slice` copies.
    predictions.set(await sessions.get(command.score)!.score(rows.slice(0, command.numbers)));
  }
  wake(flags.done);
}

process.once('exit', () => wake(flags.dead));
for (;;) {
  for (let now = Atomics.load(flag, 0); now !== flags.asked; now = Atomics.load(flag, 0)) {
    Atomics.wait(flag, 0, now);
  }
  const command = receiveMessageOnPort(port)!.message as ScorerCommand;
  await throughGate(gate, () => obey(command)).catch((error: Error) =>
    tell({ message: error.message }),
  );
}
