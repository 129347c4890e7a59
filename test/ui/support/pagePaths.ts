/** Where each route of the router leads on an engine that plays the campus, so that no page is forgotten. */
import { readFileSync } from 'node:fs';

/** As they stand in the router: `/experiments/$key`. */
export function routerPaths(): string[] {
  const source = readFileSync(new URL('../../../ui/router.tsx', import.meta.url), 'utf8');
  return [...source.matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path!);
}

export const settingsSections = [
  'account',
  'people',
  'keys',
  'places',
  'audit',
  'privacy',
  'data',
] as const;

/** What is to be looked at, where a route has a place for it. */
export interface Subjects {
  readonly recommendation: string;
  readonly run: string;
  readonly experiment: string;
  readonly policy: string;
  readonly user: string;
  readonly watch: string;
  readonly alert: string;
}

/** Addresses by route; of some routes several. */
export function pagePaths(subjects: Subjects): Readonly<Record<string, readonly string[]>> {
  const { recommendation, run, experiment, policy, user, watch, alert } = subjects;
  return {
    '/': ['/'],
    '/recommendations': ['/recommendations'],
    '/recommendations/$id': [`/recommendations/${recommendation}`],
    '/pipelines': ['/pipelines'],
    '/models': ['/models'],
    '/models/$pipeline/$model': ['/models/learning/answer'],
    '/models/$model/versions': ['/models/answer/versions'],
    '/models/$model/versions/$version': ['/models/answer/versions/1'],
    '/models/$model/versions/plan': ['/models/answer/versions/plan'],
    '/retraining': ['/retraining'],
    '/retraining/$id': [`/retraining/${run}`],
    '/experiments': ['/experiments'],
    '/experiments/new': ['/experiments/new'],
    '/experiments/plan': ['/experiments/plan'],
    '/experiments/$key': [`/experiments/${experiment}`],
    '/experiments/$key/edit': [`/experiments/${experiment}/edit`],
    '/personalization': ['/personalization'],
    '/personalization/new': ['/personalization/new'],
    '/personalization/users': ['/personalization/users'],
    '/personalization/users/$user': [`/personalization/users/${user}?policy=${policy}`],
    '/personalization/$key': [`/personalization/${policy}`],
    '/personalization/$key/edit': [`/personalization/${policy}/edit`],
    '/anomalies': ['/anomalies'],
    '/anomalies/watches': ['/anomalies/watches'],
    '/anomalies/watches/new': ['/anomalies/watches/new'],
    '/anomalies/watches/$key': [`/anomalies/watches/${watch}`],
    '/anomalies/$id': [`/anomalies/${alert}`],
    '/drift': ['/drift'],
    '/drift/$column': ['/drift/context_latency_ms'],
    // Who is signed in is led on.
    '/sign-in': ['/sign-in'],
    '/settings': ['/settings'],
    '/settings/$section': settingsSections.map((section) => `/settings/${section}`),
  };
}

/** Addresses of things that do not exist: of each route that shows one thing, and of none. */
export function absentPaths(): string[] {
  const ofOne = routerPaths().filter((path) => path.includes('$'));
  return [...ofOne.map((path) => path.replace(/\$\w+/g, 'nothing')), '/nothing'];
}
