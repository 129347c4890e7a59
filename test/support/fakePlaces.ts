/** Places for the pages: answers their routes from memory, and narrows as the engine does what the pages' tests look at. */
import { permissions, type RoleName, rolePermissions } from '../../contracts/access.ts';
import type { SessionAnswer } from '../../contracts/accessApi.ts';
import { type PlaceNode, type PlaceRef, placeProblems } from '../../contracts/place.ts';
import {
  Belonging,
  BelongingChange,
  BelongingsAnswer,
  PlacesAnswer,
  PlacesChange,
} from '../../contracts/placeApi.ts';
import { readPlace } from '../../ui/data/place.ts';
import { placeTree } from '../../ui/data/placeTree.ts';

export interface FakePlaces {
  revision: number;
  places: PlaceNode[];
  unplaced: PlacesAnswer['unplaced'];
  belongings: Belonging[];
  /** Who asks; undefined: an administrator of everything, on an engine that is open. */
  reader: { readonly role: RoleName; readonly own: 'everywhere' | readonly PlaceRef[] } | undefined;
}

const placed = (places: readonly (readonly [string, string, readonly string[]])[]): PlaceNode[] => {
  const institutions = [...new Set(places.map(([institution]) => institution))];
  return [
    ...institutions.map((name) => ({ level: 'institution' as const, name, parent: null })),
    ...places.map(([parent, name]) => ({ level: 'programme' as const, name, parent })),
    ...places.flatMap(([, parent, courses]) =>
      courses.map((name) => ({ level: 'course' as const, name, parent })),
    ),
  ];
};

/** None. */
export function noPlaces(): FakePlaces {
  return { revision: 0, places: [], unplaced: [], belongings: [], reader: undefined };
}

/** Two institutions with two programmes each, and two courses that have no place. */
export function fakePlaces(at: number): FakePlaces {
  return {
    ...{ revision: 3, reader: undefined },
    places: placed([
      ['North College', 'Mathematics', ['Algebra', 'Calculus', 'Number theory']],
      ['North College', 'Physics', ['Mechanics', 'Optics']],
      ['South University', 'Nursing', ['Anatomy', 'Care']],
      ['South University', 'Law', ['Contracts']],
    ]),
    unplaced: [
      { course: 'Botany', events: 12_400, lastSeen: at - 3_600_000 },
      { course: '<script>document.title="!"</script>', events: 3, lastSeen: at - 86_400_000 },
    ],
    belongings: [
      { kind: 'experiment', key: 'hints', place: { level: 'course', name: 'Algebra' } },
      { kind: 'policy', key: 'tutor', place: null },
    ],
  };
}

export interface PlaceQuestion {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface FakeAnswered {
  readonly status: number;
  readonly body: unknown;
}

/** Routes of the whole engine that pages ask. */
const whole =
  /^\/v1\/(pipelines|refusals|drift|retraining|live|experiment-metrics|routes|mutes|retention|audit)(\/|$)/;

/** @returns undefined: the question goes to the others */
export function answerPlaces(
  held: FakePlaces,
  { method, path, query, body }: PlaceQuestion,
): FakeAnswered | undefined {
  if (path === '/v1/session') {
    return held.reader === undefined ? undefined : { status: 200, body: sessionOf(held.reader) };
  }
  if (path === '/v1/places') return places(held, method, body);
  if (path.startsWith('/v1/belongings')) return belongings(held, method, path, body);
  const asked = readPlace(query.get('place'));
  const { own = 'everywhere' } = held.reader ?? {};
  if (own === 'everywhere' && asked === undefined) return undefined;
  const tree = placeTree({ places: held.places, mine: 'everywhere' });
  const mine = placeTree({ places: held.places, mine: own === 'everywhere' ? own : [...own] });
  if (asked !== undefined && !(tree.has(asked) && mine.isOwn(asked))) {
    return refusal(404, 'NOT_FOUND', `There is no ${asked.level} ${asked.name}.`);
  }
  if (whole.test(path)) {
    return refusal(403, 'SCOPE_UNSUPPORTED', 'This is of the whole engine, not of a place.');
  }
  return undefined;
}

/** Whether something is not told of what is asked about. */
export function isElsewhere(
  { places, belongings, reader }: FakePlaces,
  kind: Belonging['kind'],
  key: string,
  query: URLSearchParams,
): boolean {
  const asked = readPlace(query.get('place'));
  const { own = 'everywhere' } = reader ?? {};
  const within = asked === undefined ? own : [asked];
  if (within === 'everywhere') return false;
  const place = belongings.find((each) => each.kind === kind && each.key === key)?.place;
  return place == null || !placeTree({ places, mine: [...within] }).isOwn(place);
}

function places(held: FakePlaces, method: string, body: unknown): FakeAnswered {
  if (method === 'PUT') {
    const change = PlacesChange.parse(body);
    if (change.revision !== held.revision) {
      const said = `The places are at revision ${held.revision} by now, not ${change.revision}.`;
      return refusal(409, 'REVISION_STALE', said);
    }
    const problems = placeProblems(change.places);
    if (problems.length > 0) {
      const sentences = problems.map((sentence) => ({ field: 'places', sentence }));
      return refusal(422, 'PLACE_REFUSED', problems.join(' '), sentences);
    }
    held.places = change.places;
    held.revision += 1;
  }
  const { own = 'everywhere' } = held.reader ?? {};
  const all = placeTree({ places: held.places, mine: 'everywhere' });
  // What is registered nowhere is nobody's.
  const mine = own === 'everywhere' ? own : own.filter(all.has);
  const tree = placeTree({ places: held.places, mine });
  const around = new Set(
    held.places
      .filter((place) => tree.isOwn(place))
      .flatMap((place) => tree.pathTo(place).map(({ level, name }) => `${level}:${name}`)),
  );
  return {
    status: 200,
    body: PlacesAnswer.parse({
      ...{ revision: held.revision, mine },
      places: held.places.filter(({ level, name }) => around.has(`${level}:${name}`)),
      unplaced: mine === 'everywhere' ? held.unplaced : [],
    }),
  };
}

function belongings(held: FakePlaces, method: string, path: string, body: unknown): FakeAnswered {
  if (method !== 'PUT') {
    return { status: 200, body: BelongingsAnswer.parse({ belongings: held.belongings }) };
  }
  const [, , , kind, key = ''] = path.split('/').map(decodeURIComponent);
  const { place } = BelongingChange.parse(body);
  const next = Belonging.parse({ kind, key, place });
  held.belongings = [
    ...held.belongings.filter((each) => each.kind !== kind || each.key !== key),
    next,
  ];
  return { status: 200, body: next };
}

function refusal(status: number, code: string, detail: string, problems?: unknown): FakeAnswered {
  const body = { type: 'about:blank', title: detail, status, detail, code };
  return { status, body: problems === undefined ? body : { ...body, problems } };
}

function sessionOf({ role, own }: NonNullable<FakePlaces['reader']>): SessionAnswer {
  return {
    ...{ access: 'required', hasAccounts: true, csrf: 'token', mustChangePassword: false },
    ...{ expiresAt: Date.now() + 3_600_000, now: Date.now() },
    principal: {
      ...{ kind: 'person', id: 'id-1', name: `The ${role}`, role },
      permissions: role === 'admin' ? [...permissions] : [...rolePermissions[role]],
      scope: own === 'everywhere' ? own : own.map(({ level, name }) => ({ [level]: name })),
    },
  };
}
