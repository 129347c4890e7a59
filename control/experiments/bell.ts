/** A pause that somebody may end early; a ring that comes before the pause ends it at once, so that none is missed. */
export class Bell {
  #hasRung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  /**
   * Resolves after the time, at a ring or when the signal aborts.
   *
   * @param pauseMs Infinity: at a ring only
   * @returns whether the bell has rung
   */
  async rest(pauseMs: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#hasRung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = pauseMs < Infinity ? setTimeout(done, pauseMs) : undefined;
        function done() {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        }
        signal.addEventListener('abort', done);
        this.#wake = done;
      });
      this.#wake = undefined;
    }
    const hasRung = this.#hasRung;
    this.#hasRung = false;
    return hasRung;
  }
}
