/** Follows a training run of a running engine to its end, and tells each step. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GateReport } from '../contracts/gateReport.ts';
import { type StartedRun, TrainingRunDetail } from '../contracts/modelLifeApi.ts';
import type { RunStep, TrainingRun } from '../contracts/trainingRun.ts';
import { get } from './client.ts';
import { runPath } from './modelPaths.ts';
import { printable } from './printable.ts';
import { sendUntilTaken } from './send.ts';
import { stepLine } from './stepLine.ts';
import { stopOnSignal } from './stopOnSignal.ts';
import { tellRetries } from './tellRetries.ts';

/** Between two looks, ms. */
const everyMs = 1_000;

/** Says that a run has begun; where it is to be followed, how it ends: exit status 1 when it makes no version. */
export async function tellRun(url: string, { id }: StartedRun, follow = false): Promise<void> {
  console.log(`Run ${printable(id)} has begun.`);
  if (!follow) return;
  const run = await followRun(url, id);
  if (run === undefined) {
    console.log('It goes on in the engine.');
  } else {
    console.log(printable(run.sentence));
    if (run.gates !== undefined) tellGates(run.gates);
  }
  if (run?.state !== 'done') process.exitCode = 1;
}

/**
 * An engine that goes away is waited for: its runs survive it.
 *
 * @returns the run that has ended; undefined when it is not waited for any more
 */
async function followRun(url: string, id: string): Promise<TrainingRun | undefined> {
  const signal = stopOnSignal();
  const attempt = tellRetries((sentence) => console.error(printable(sentence)));
  const line = stepLine();
  const told = new Set<string>();
  try {
    for (;;) {
      const look = () => attempt(() => get(url, runPath(id), TrainingRunDetail));
      const { run } = await sendUntilTaken(look, signal);
      tellSteps(run, told, line);
      if (run.state !== 'running') return run;
      await sleep(everyMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    return undefined;
  } finally {
    line.clear();
  }
}

/** In their order: those behind one that waits may be done already. @param told names of steps that were told */
function tellSteps(run: TrainingRun, told: Set<string>, line: ReturnType<typeof stepLine>): void {
  for (const step of run.steps.filter(({ name }) => !told.has(name))) {
    const { name, state, sentence } = step;
    if (state === 'waiting' || state === 'running') {
      const text = sentence === '' ? run.sentence : sentence;
      line.show(state === 'waiting' ? printable(text) : textOf(step, text));
      return;
    }
    told.add(name);
    line.clear();
    console.log(textOf(step, sentence));
  }
}

function textOf({ name, state }: RunStep, sentence: string): string {
  return `${name.padEnd(10)} ${state.padEnd(8)} ${printable(sentence)}`.trimEnd();
}

function tellGates({ gates }: GateReport): void {
  for (const { gate, outcome, sentence } of gates) {
    console.log(`  ${gate.padEnd(12)} ${outcome.padEnd(8)} ${printable(sentence)}`);
  }
}
