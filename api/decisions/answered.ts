/** Answers by the id that the sender chose: a repetition within a while, to the same process, gets the same answer. */

const answersMax = 20_000;

export class Answered<Answer> {
  readonly #most: number;
  /** The oldest first. */
  readonly #answers = new Map<string, Answer>();

  constructor(most: number = answersMax) {
    this.#most = most;
  }

  get(id: string): Answer | undefined {
    return this.#answers.get(id);
  }

  put(id: string, answer: Answer): void {
    this.#answers.set(id, answer);
    if (this.#answers.size > this.#most) this.#answers.delete(this.#answers.keys().next().value!);
  }

  /** Forgets all whose id begins so. */
  removeAll(prefix: string): void {
    for (const id of this.#answers.keys()) if (id.startsWith(prefix)) this.#answers.delete(id);
  }

  /** Forgets an answer, unless another has taken its place. */
  remove(id: string, answer: Answer): void {
    if (this.#answers.get(id) === answer) this.#answers.delete(id);
  }
}
