/**
 * Places: an institution has programmes, these have courses. Which there are is kept as one document; what belongs where beside it.
 *
 * A course is the value of the attribute `context.course` of events. What somebody may see is worked out from it (`Within`).
 */
import { z } from 'zod';
import { type Place, placeLevels, type Scope } from './access.ts';
import { nameLengthMax } from './event.ts';

export const PlaceLevel = z.enum(placeLevels);
export type PlaceLevel = z.infer<typeof PlaceLevel>;

/** One place by itself: names are unique within a level. */
export const PlaceRef = z.strictObject({ level: PlaceLevel, name: z.string() });
export type PlaceRef = z.infer<typeof PlaceRef>;

/** As it stands in the registry. */
export const PlaceNode = PlaceRef.extend({
  /** Name of the place of the level above; null of an institution. */
  parent: z.string().nullable(),
});
export type PlaceNode = z.infer<typeof PlaceNode>;

/** Attribute of events whose value is the course. */
export const courseAttribute = 'context.course';

/** Places of one registry. */
export const placesMax = 10_000;

/** What belongs to a place, each by its key; of a model its name. */
export const placedKinds = ['experiment', 'policy', 'watch', 'model'] as const;
export const PlacedKind = z.enum(placedKinds);
export type PlacedKind = z.infer<typeof PlacedKind>;

/**
 * Metrics of the pipelines whose segments are courses, by pipeline. Segments of all others are something else, and no answer for
 * whoever may not see all places is made of them.
 */
export const courseMetrics: Readonly<Record<string, readonly string[]>> = {
  learning: ['correct_share', 'rating', 'response_s'],
};

/** Of what a request is answered: everything, or own places and their courses. */
export type Within =
  | 'everywhere'
  | {
      /** As {@link placeKey} has them: own places and all that lies in them. */
      readonly places: ReadonlySet<string>;
      readonly courses: ReadonlySet<string>;
    };

/** @example placeKey({ level: 'course', name: 'algebra' }); // 'course:algebra' */
export function placeKey({ level, name }: Pick<PlaceRef, 'level' | 'name'>): string {
  return `${level}:${name}`;
}

/** Reads `course:algebra`; undefined: it is not of that form. */
export function readPlaceKey(text: string): PlaceRef | undefined {
  const at = text.indexOf(':');
  const level = PlaceLevel.safeParse(text.slice(0, Math.max(0, at)));
  const name = text.slice(at + 1);
  return level.success && isPlaceName(name) ? { level: level.data, name } : undefined;
}

function isPlaceName(name: string): boolean {
  return name.trim() !== '' && name.length <= nameLengthMax && !name.includes('\0');
}

const above: Readonly<Record<PlaceLevel, PlaceLevel | null>> = {
  institution: null,
  programme: 'institution',
  course: 'programme',
};

/** Under it segments are counted that are too many: no course. */
const othersName = '(others)';
/** What is told of one document at most. */
const problemsMax = 20;

/** What keeps places from being a registry, a sentence each; empty when nothing does. */
export function placeProblems(places: readonly PlaceNode[]): string[] {
  if (places.length > placesMax) {
    return [`There are ${places.length} places, and at most ${placesMax} can be kept.`];
  }
  const known = new Map(places.map((place) => [placeKey(place), place]));
  const seen = new Map<string, string | null>();
  const problems: string[] = [];
  for (const place of places) {
    const { level, name, parent } = place;
    if (name.trim() === '') {
      problems.push(`A ${level} has an empty name. Each needs one.`);
      continue;
    }
    const called = `The ${level} “${name.slice(0, 100)}”`;
    if (!isPlaceName(name)) {
      problems.push(
        `${called} has a name of ${name.length} characters: at most ${nameLengthMax}, without U+0000.`,
      );
      continue;
    }
    if (name === othersName) {
      problems.push(`${called} cannot be called so: segments without a room of their own are.`);
      continue;
    }
    const key = placeKey(place);
    if (seen.has(key)) {
      const before = seen.get(key);
      problems.push(
        before === parent
          ? `${called} is there twice.`
          : `${called} has two parents, ${quoted(before)} and ${quoted(parent)}: names are unique within a level.`,
      );
      continue;
    }
    seen.set(key, parent);
    const around = above[level];
    if (around === null) {
      if (parent !== null) problems.push(`${called} has a parent: an institution has none.`);
    } else if (parent === null || parent === '') {
      problems.push(`${called} has no ${around}. Name the one that it is part of.`);
    } else if (!known.has(placeKey({ level: around, name: parent }))) {
      problems.push(`${called} is part of the ${around} ${quoted(parent)}, which is not there.`);
    }
  }
  return problems.slice(0, problemsMax);
}

function quoted(name: string | null | undefined): string {
  return name === null || name === undefined ? 'none' : `“${name.slice(0, 100)}”`;
}

/** The registry for questions: what lies in what. */
export class PlaceTree {
  readonly nodes: readonly PlaceNode[];
  readonly #byKey: ReadonlyMap<string, PlaceNode>;
  readonly #parts = new Map<string, PlaceNode[]>();

  /** @param nodes without problems */
  constructor(nodes: readonly PlaceNode[]) {
    this.nodes = nodes;
    this.#byKey = new Map(nodes.map((node) => [placeKey(node), node]));
    for (const node of nodes) {
      const around = this.#around(node);
      if (around === undefined) continue;
      const of = this.#parts.get(placeKey(around));
      if (of === undefined) this.#parts.set(placeKey(around), [node]);
      else of.push(node);
    }
  }

  has(place: PlaceRef): boolean {
    return this.#byKey.has(placeKey(place));
  }

  /** The place itself and all that lies in it; empty when there is none. */
  within(place: PlaceRef): PlaceNode[] {
    const node = this.#byKey.get(placeKey(place));
    if (node === undefined) return [];
    return [node, ...(this.#parts.get(placeKey(node)) ?? []).flatMap((part) => this.within(part))];
  }

  /** What it lies in, the nearest first. */
  around(place: PlaceRef): PlaceNode[] {
    const node = this.#byKey.get(placeKey(place));
    const next = node && this.#around(node);
    return next === undefined ? [] : [next, ...this.around(next)];
  }

  /** The places that a scope names and that there are; what is registered nowhere is nobody’s. */
  named(scope: Exclude<Scope, 'everywhere'>): PlaceRef[] {
    return scope.flatMap((place) => this.#named(place));
  }

  #around({ level, parent }: PlaceNode): PlaceNode | undefined {
    const up = above[level];
    return up === null || parent === null
      ? undefined
      : this.#byKey.get(placeKey({ level: up, name: parent }));
  }

  #named(place: Place): PlaceRef[] {
    const level = [...placeLevels].reverse().find((each) => place[each] !== undefined);
    if (level === undefined) {
      return this.nodes.filter((node) => node.level === 'institution').map(refOf);
    }
    const node = this.#byKey.get(placeKey({ level, name: place[level]! }));
    if (node === undefined) return [];
    const path = [node, ...this.around(node)];
    const isSo = path.every((each) => (place[each.level] ?? each.name) === each.name);
    return isSo ? [refOf(node)] : [];
  }
}

function refOf({ level, name }: PlaceNode): PlaceRef {
  return { level, name };
}
