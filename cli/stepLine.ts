/** A line that changes: written over on a terminal; where there is none, told anew every few seconds when it has changed. */

export interface StepLine {
  show(text: string): void;
  /** Before other lines are written. */
  clear(): void;
}

/** Pause between two lines where nobody watches, ms. */
const lineEveryMs = 5_000;

export function stepLine(
  out: {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
  } = process.stdout,
  now = () => performance.now(),
): StepLine {
  let shown = '';
  let saidAt = Number.NEGATIVE_INFINITY;
  const isTerminal = out.isTTY === true;
  return {
    show(text) {
      if (text === shown) return;
      if (isTerminal) {
        out.write(`\r\u001b[K${text.slice(0, Math.max(1, (out.columns ?? 80) - 1))}`);
      } else {
        if (now() - saidAt < lineEveryMs) return;
        out.write(`${text}\n`);
        saidAt = now();
      }
      shown = text;
    },
    clear() {
      if (isTerminal && shown !== '') out.write('\r\u001b[K');
      shown = '';
    },
  };
}
