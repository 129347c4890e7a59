/**
 * What was seen, a line of JSON for each problem and quiet campus, written as it is seen: a run that is interrupted still says what it saw,
 * and goes on where it ended when it is given the same file.
 *
 * Only lines of the same commit without changes are taken for seen, so that no figure is of other code than the rest.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

interface Line {
  readonly commit: string;
  readonly name: string;
  readonly seen: unknown;
}

export class ResultBook {
  readonly #path: string | undefined;
  readonly #commit: string;
  readonly #seen = new Map<string, unknown>();

  /** @param path none: nothing is kept @param commit under which lines are written; none is taken of one with changes */
  constructor(path: string | undefined, commit: string) {
    this.#path = path;
    this.#commit = commit;
    if (path === undefined || !existsSync(path)) return;
    for (const text of readFileSync(path, 'utf8').split('\n')) {
      const line = lineOf(text);
      if (line?.commit !== commit || commit.includes('changes')) continue;
      this.#seen.set(line.name, line.seen);
    }
  }

  has(name: string): boolean {
    return this.#seen.has(name);
  }

  /** What was seen before, or is now. @param name of the problem with seed and size */
  async of<Seen>(name: string, see: () => Promise<Seen>): Promise<Seen> {
    if (this.#seen.has(name)) return this.#seen.get(name) as Seen;
    const seen = await see();
    this.#seen.set(name, seen);
    const line: Line = { commit: this.#commit, name, seen };
    // On a line of its own, whatever the last one ended with.
    if (this.#path !== undefined) appendFileSync(this.#path, `\n${JSON.stringify(line)}\n`);
    return seen;
  }
}

/** undefined of one that was cut off. */
function lineOf(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
