/**
 * Courses of alerts as SVG, drawn one after the other in a thread of their own.
 *
 * The thread begins with the first picture and ends when none has been wanted for a while. One that takes too long is
 * ended, and the next picture begins another.
 */

import { Worker } from 'node:worker_threads';
import type { Alert, JudgedReading } from '../contracts/alert.ts';
import { compiledModule } from '../contracts/compiledModule.ts';
import type { DrawAlert } from '../control/notices/alertContent.ts';
import type { AlertPicture } from './drawAlertCourse.ts';

export interface ChartOrder {
  readonly id: number;
  readonly picture: AlertPicture;
}

export type ChartAnswer =
  | { readonly id: number; readonly svg: string }
  | { readonly id: number; readonly problem: string };

export interface AlertChartsOptions {
  readonly theme?: AlertPicture['theme'];
  /** IANA zone of the time axis. */
  readonly zone?: string;
  /** How long a picture may take, the start of the thread included. */
  readonly timeoutMs?: number;
  /** The thread ends after such a time without a picture. */
  readonly idleMs?: number;
  /** Of the thread; by default the compiled one. */
  readonly entry?: URL;
}

export interface AlertCharts {
  /** @throws Error when there will be no picture */
  readonly draw: DrawAlert;
  stop(): Promise<void>;
}

/** Pictures that may wait: of more, messages go out without. */
const waitingMax = 50;

export function createAlertCharts(options: AlertChartsOptions = {}): AlertCharts {
  const { theme = 'light', zone = 'UTC', timeoutMs = 10_000, idleMs = 60_000 } = options;
  const { entry = compiledModule('alertChartThread', import.meta.url) } = options;
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let count = 0;
  let isStopped = false;

  const begin = () => {
    const begun = new Worker(entry);
    // It is asked anew whether there is one; what the order that it had comes to, is told there.
    begun.on('error', () => undefined);
    begun.once('exit', () => {
      if (worker === begun) worker = undefined;
    });
    return begun;
  };

  const end = async () => {
    const ending = worker;
    worker = undefined;
    clearTimeout(idle);
    await ending?.terminate();
  };

  const drawn = async (course: readonly JudgedReading[], alert: Alert): Promise<string> => {
    if (isStopped) throw new Error('no pictures are drawn any more');
    clearTimeout(idle);
    worker ??= begin();
    count += 1;
    const { watchName, key, since, resolvedAt } = alert;
    const picture = { course, alert: { watchName, key, since, resolvedAt }, theme, zone };
    try {
      const answer = await ask(worker, { id: count, picture }, timeoutMs);
      if ('problem' in answer) throw new Error(answer.problem);
      return answer.svg;
    } catch (error) {
      // It may be in the middle of something.
      await end();
      throw error;
    } finally {
      idle = setTimeout(() => void end(), idleMs);
      idle.unref();
      worker?.unref();
    }
  };

  return {
    draw(course, alert) {
      if (waiting >= waitingMax) return Promise.reject(new Error('too many pictures wait'));
      waiting += 1;
      const task = turn
        .then(() => drawn(course, alert))
        .finally(() => {
          waiting -= 1;
        });
      turn = task.catch(() => undefined);
      return task;
    },

    async stop() {
      isStopped = true;
      await end();
      await turn;
    },
  };
}

/** Resolves with the answer to this order. */
function ask(worker: Worker, order: ChartOrder, timeoutMs: number): Promise<ChartAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      done();
    };
    const onMessage = (answer: ChartAnswer) => {
      if (answer.id === order.id) settle(() => resolve(answer));
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = () => settle(() => reject(new Error('the thread that draws has ended')));
    const timer = setTimeout(
      () => settle(() => reject(new Error(`no picture within ${timeoutMs / 1_000} s`))),
      timeoutMs,
    );
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.ref();
    worker.postMessage(order);
  });
}
