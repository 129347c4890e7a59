/** Entry of the thread that draws the courses of alerts: a picture takes some tens of ms, in which nothing else could run. */
import { parentPort } from 'node:worker_threads';
import type { ChartAnswer, ChartOrder } from './alertCharts.ts';
import { drawAlertCourse } from './drawAlertCourse.ts';

parentPort!.on('message', ({ id, picture }: ChartOrder) => {
  let answer: ChartAnswer;
  try {
    answer = { id, svg: drawAlertCourse(picture) };
  } catch (error) {
    answer = { id, problem: error instanceof Error ? error.message : String(error) };
  }
  parentPort!.postMessage(answer);
});
