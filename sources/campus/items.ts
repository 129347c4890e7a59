/** The item bank: each item has a skill, a topic, a format, and the two parameters of its item response curve. */
import { skills, topics } from './curriculum.ts';
import { below, normal, randomState, reseed } from './random.ts';

/** Smallest bank in which every skill has every format. */
export const itemsMin = 40;

export interface Item {
  /** `item-0042`. */
  readonly name: string;
  /** Index in `skills`: item i has skill i mod 8. */
  readonly skill: number;
  /** Index in `topics`. */
  readonly topic: number;
  /** Index in `formats`; only exercises (0) are answered. */
  readonly format: number;
  /** Ability at which the answer is right with probability ½, in logits; normal(0, 1). Before any revision. */
  readonly difficulty: number;
  /** Slope of the item response curve; lognormal, median 1, σ = 0.25. */
  readonly discrimination: number;
}

/** Of five items of a skill, three are exercises, one a video, one a reading. */
const formatCycle: readonly number[] = [0, 0, 0, 1, 2];

/** @returns `count` items; item i is the same for every count */
export function itemBank(seed: number, count: number): Item[] {
  const random = randomState();
  return Array.from({ length: count }, (_, index) => {
    reseed(random, seed ^ 0x6974_656d, index, 0);
    return {
      name: `item-${String(index).padStart(4, '0')}`,
      skill: index % skills.length,
      topic: below(random, topics.length),
      format: formatCycle[Math.floor(index / skills.length) % formatCycle.length]!,
      difficulty: normal(random),
      discrimination: Math.exp(0.25 * normal(random)),
    };
  });
}

/** Indices of the items of each skill that `keep` accepts. */
export function itemsBySkill(items: readonly Item[], keep: (item: Item) => boolean): Int32Array[] {
  return skills.map((_, skill) => {
    const indices = items.flatMap((item, index) =>
      item.skill === skill && keep(item) ? [index] : [],
    );
    return Int32Array.from(indices);
  });
}
