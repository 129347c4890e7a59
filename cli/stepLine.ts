/** A line that changes: written over on a terminal; where there is none, told anew every few seconds when it has changed. */

export interface StepLine {
  show(text: string): void;
  /** Before other lines are written. */
  clear(): void;
}

/** Pause between two lines where nobody watches, ms. */
const lineEveryMs = 5_000;

/** Of a terminal that does not tell its width. */
const columnsDefault = 80;

export function stepLine(
  out: Pick<typeof process.stdout, 'isTTY' | 'columns'> & {
    write(text: string): unknown;
  } = process.stdout,
  now = () => performance.now(),
): StepLine {
  let shown = '';
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    show(text) {
      if (text === shown) return;
      if (out.isTTY) {
        const columns = out.columns > 0 ? out.columns : columnsDefault;
        out.write(`\r\u001b[K${text.slice(0, columns - 1)}`);
      } else {
        if (now() - saidAt < lineEveryMs) return;
        out.write(`${text}\n`);
        saidAt = now();
      }
      shown = text;
    },
    clear() {
      if (!out.isTTY || shown === '') return;
      out.write('\r\u001b[K');
      shown = '';
    },
  };
}
