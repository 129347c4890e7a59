/** What cannot be made fails when it is used: for its watch only. */
import type { Judge } from './judged.ts';
import type { Source } from './sources/source.ts';

export function failingSource(make: () => Source): Source {
  try {
    return make();
  } catch (error) {
    // biome-ignore lint/correctness/useYield: it fails before the first
    const failing = async function* () {
      throw error;
    };
    return { past: failing, rounds: failing, remark: null };
  }
}

export function failingJudge(make: () => Judge): Judge {
  try {
    return make();
  } catch (error) {
    return {
      judge() {
        throw error;
      },
    };
  }
}
