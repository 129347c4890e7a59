/** Why a notice could not be told. Its sentence is kept and shown: it never has a secret, or an address that is one. */
export class NoticeProblem extends Error {
  /** Whether the same notice may be taken later. */
  readonly isTemporary: boolean;
  /** ms from now before which another try is of no use; undefined: not said. */
  readonly retryAfterMs: number | undefined;

  /** @param sentence what is the matter, and what to do */
  constructor(
    kind: 'temporary' | 'permanent',
    sentence: string,
    retryAfterMs?: number | undefined,
    options?: ErrorOptions,
  ) {
    super(sentence, options);
    this.name = 'NoticeProblem';
    this.isTemporary = kind === 'temporary';
    this.retryAfterMs = retryAfterMs;
  }
}
