/** One event a line, as it is: whether it is a valid event is for the decoder to say. */
import type { ReplayFormat } from './replayFormat.ts';

export const ndjson: ReplayFormat = {
  name: 'ndjson',
  summary: 'one event of JSON per line',
  fits: (firstLine) => firstLine.trimStart().startsWith('{'),
  open: () => ({
    take(source, start, end, _line, _longer, target) {
      let at = start;
      while (at < end && (source[at] === 32 || source[at] === 9)) at += 1;
      if (at === end) return;
      target.copy(source, start, end);
      target.finish();
    },
  }),
};
