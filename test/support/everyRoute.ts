/**
 * What an attacker with a key asks of each route that reads: addresses, or why there is nothing to ask for. A route that is not here
 * fails the test that walks them.
 */

/** Addresses of one route; a text says why it tells no figure of people. */
export type Asked = readonly string[] | string;

const nobody = 'who may only read is refused';
const definitions = 'definitions that people write';
const traffic = 'traffic of everybody, and how the engine is';

export const everyRoute: Readonly<Record<string, Asked>> = {
  'GET /metrics': traffic,
  'GET /v1/alerts': ['/v1/alerts?limit=500'],
  'GET /v1/alerts/:id': ['/v1/alerts/planted'],
  'GET /v1/belongings': definitions,
  'GET /v1/calendar': definitions,
  'GET /v1/calendar/:key/revisions': definitions,
  'GET /v1/drift': ['/v1/drift'],
  'GET /v1/drift/:column': ['/v1/drift/context_latency_ms', '/v1/drift/prediction'],
  'GET /v1/experiment-metrics': definitions,
  'GET /v1/experiment-metrics/:key/figures': ['/v1/experiment-metrics/solved/figures'],
  'GET /v1/experiments': ['/v1/experiments'],
  'GET /v1/experiments/:key': ['/v1/experiments/planted'],
  'GET /v1/experiments/:key/certificate': nobody,
  'GET /v1/experiments/:key/course': ['/v1/experiments/planted/course'],
  'GET /v1/happenings': ['/v1/happenings?from=0'],
  'GET /v1/health': traffic,
  'GET /v1/insights': ['/v1/insights?limit=500'],
  'GET /v1/insights/:id': ['/v1/insights/planted'],
  'GET /v1/insights/kinds': 'how useful kinds were to those who work with them',
  'GET /v1/live': traffic,
  'GET /v1/metrics': ['/v1/metrics'],
  'GET /v1/metrics/:metric': ['/v1/metrics/rating', '/v1/metrics/latency_ms?stepMs=60000'],
  'GET /v1/model-lives': ['/v1/model-lives'],
  'GET /v1/models': ['/v1/models'],
  'GET /v1/models/:model/life': ['/v1/models/answer/life'],
  'GET /v1/models/:model/release': nobody,
  'GET /v1/models/:model/rollback-preview': nobody,
  'GET /v1/models/:model/served': ['/v1/models/answer/served'],
  'GET /v1/models/:model/versions/:version': nobody,
  'GET /v1/models/:model/versions/:version/card': nobody,
  'GET /v1/models/:name': ['/v1/models/answer'],
  'GET /v1/models/:pipeline/:model/performance': ['/v1/models/learn/answer/performance'],
  'GET /v1/mutes': definitions,
  'GET /v1/mutes/:key/revisions': definitions,
  'GET /v1/pipelines': traffic,
  'GET /v1/pipelines/:name/epochs': traffic,
  'GET /v1/places': ['/v1/places'],
  'GET /v1/policies': definitions,
  'GET /v1/policies/:key': definitions,
  'GET /v1/policies/:key/report': ['/v1/policies/tutor/report'],
  'GET /v1/policies/algorithms': definitions,
  'GET /v1/refusals': ['/v1/refusals'],
  'GET /v1/retention': traffic,
  'GET /v1/retraining': ['/v1/retraining'],
  'GET /v1/retraining/:id': nobody,
  'GET /v1/routes': definitions,
  'GET /v1/routes/:key/revisions': definitions,
  'GET /v1/statistics': ['/v1/statistics'],
  // By names, as the engine has them.
  'GET /v1/statistics/:pipeline/:name': ['/v1/statistics/:each'],
  'GET /v1/watched-models': ['/v1/watched-models'],
  'GET /v1/watches': ['/v1/watches'],
  'GET /v1/watches/:key/revisions': definitions,
};

/** Numbers by their place in an answer, those in sentences too, and products of a mean with what it is the mean of. */
export function numbersOf(answer: unknown): Map<string, number> {
  const found = new Map<string, number>();
  const walk = (value: unknown, place: string): void => {
    if (typeof value === 'number') found.set(place, value);
    if (typeof value === 'string') {
      [...value.matchAll(/-?\d+(?:\.\d+)?/g)].forEach(([text], i) => {
        found.set(`${place}~${i}`, Number(text));
      });
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [name, part] of Object.entries(value)) walk(part, `${place}/${name}`);
    const { mean, figures, ...counts } = value as Record<string, unknown>;
    const read = mean ?? (figures as Record<string, unknown> | undefined)?.['mean'];
    if (typeof read !== 'number') return;
    for (const name of ['count', 'taken', 'units', 'decisions']) {
      const count = counts[name];
      if (typeof count === 'number') found.set(`${place}*${name}`, read * count);
    }
  };
  walk(answer, '');
  return found;
}

/** Whether a number is in the second answer, or is what a place of it has more than in the first. */
export function tells(before: unknown, after: unknown, secret: number): boolean {
  const was = numbersOf(before);
  const isIt = (x: number) => Math.abs(Math.abs(x) - secret) < 1e-6;
  return [...numbersOf(after)].some(
    ([place, value]) => isIt(value) || isIt(value - (was.get(place) ?? 0)),
  );
}
