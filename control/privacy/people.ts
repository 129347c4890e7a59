/** Whose rows a figure is of: hashes of users while they are few, or only that they are many. */
import { peopleMax } from '../../contracts/groupMin.ts';

/** As the columns `people` and `users` have it. */
export interface People {
  /** Distinct users; `peopleMax` stands for so many or more, 0 for not known. */
  readonly people: number;
  /** Their hashes; empty when there are many, or when they are not known. */
  readonly users: readonly number[];
}

export const nobody: People = { people: 0, users: [] };

/** Adds groups up: a user in several of them counts once. Who is not known does not count. */
export class PeopleUnion {
  #isMany = false;
  readonly #users = new Set<number>();

  add({ people, users }: People): void {
    if (people >= peopleMax) this.#isMany = true;
    if (this.#isMany) return;
    for (const user of users) this.#users.add(user);
  }

  /** Distinct users, `peopleMax` or more as so many. */
  get count(): number {
    return this.#isMany ? peopleMax : Math.min(peopleMax, this.#users.size);
  }

  get value(): People {
    const { count } = this;
    return { people: count, users: count >= peopleMax ? [] : [...this.#users] };
  }
}
