/** All that the palette can open: pages, what can be done, and whatever the engine has, as it comes. */
import { useQuery } from '@tanstack/react-query';
import { type NavigateOptions, useNavigate } from '@tanstack/react-router';
import { watchesQuery } from '../../anomalies/queries.ts';
import { titleOf } from '../../anomalies/titleOf.ts';
import { openAlertsQuery } from '../../data/openAlerts.ts';
import { placeText, readPlace } from '../../data/place.ts';
import { placesQuery } from '../../data/places.ts';
import { placeTree } from '../../data/placeTree.ts';
import { modelsQuery } from '../../data/queries.ts';
import { keepView, type Search } from '../../data/search.ts';
import { useView } from '../../data/useView.ts';
import { experimentsQuery } from '../../experiments/queries.ts';
import { formatInstant } from '../../format/times.ts';
import { watchedModelsQuery } from '../../models/queries.ts';
import { policiesQuery } from '../../personalization/queries.ts';
import { runsQuery } from '../../retraining/queries.ts';
import { palette as words } from '../../words/palette.ts';
import { places as placeWords } from '../../words/places.ts';
import { stateWords } from '../../words/retraining.ts';
import { pages } from '../pages.ts';
import { useChoosePlace } from '../place/useChoosePlace.ts';
import type { Entry } from './entries.ts';

/** Runs are many: the newest are looked for. */
const runsMax = 30;

export function useEntries(search: Search, onHelp: () => void): Entry[] {
  const navigate = useNavigate();
  const { change } = useView();
  const go = (options: NavigateOptions) => () => void navigate({ search: keepView, ...options });
  const models = useQuery(modelsQuery).data?.models ?? [];
  const watched = useQuery(watchedModelsQuery).data?.models ?? [];
  const experiments = useQuery(experimentsQuery).data?.experiments ?? [];
  const policies = useQuery(policiesQuery).data?.policies ?? [];
  const watches = useQuery(watchesQuery).data?.watches ?? [];
  const alerts = useQuery(openAlertsQuery).data?.alerts ?? [];
  const runs = useQuery(runsQuery()).data?.runs ?? [];

  const places = usePlaces(search);

  const known = new Map(
    [
      ...models.map(({ pipeline, name, version }) => ({ pipeline, model: name, version })),
      ...watched.filter(({ model }) => model !== ''),
    ].map((each) => [`${each.pipeline}/${each.model}`, each]),
  );
  const action = (id: string, label: string, run: () => void): Entry => ({
    ...{ id: `do ${id}`, group: 'actions', label, go: run },
  });
  return [
    ...pages.map(
      ({ to, label, keys }): Entry => ({
        ...{ id: `page ${to}`, group: 'pages', label, detail: keys, go: go({ to }) },
      }),
    ),
    action('new experiment', words.newExperiment, go({ to: '/experiments/new' })),
    action('plan', words.planExperiment, go({ to: '/experiments/plan' })),
    action('new policy', words.newPolicy, go({ to: '/personalization/new' })),
    action('new watch', words.newWatch, go({ to: '/anomalies/watches/new' })),
    action('watches', words.allWatches, go({ to: '/anomalies/watches' })),
    action('person', words.person, go({ to: '/personalization/users' })),
    action('compare', search.compare === true ? words.noCompare : words.compare, () =>
      change({ compare: search.compare === true ? undefined : true }),
    ),
    action('table', search.table ? words.noTable : words.table, () =>
      change({ table: !search.table }),
    ),
    action('help', words.help, onHelp),
    ...places,
    ...alerts.map(
      (alert): Entry => ({
        ...{ id: `alert ${alert.id}`, group: 'alerts', label: titleOf(alert) },
        ...{ detail: formatInstant(alert.since) },
        go: go({ to: '/anomalies/$id', params: { id: alert.id } }),
      }),
    ),
    ...[...known.values()].flatMap(({ pipeline, model, version }): Entry[] => [
      {
        ...{ id: `model ${pipeline}/${model}`, group: 'models', label: model, detail: version },
        go: go({ to: '/models/$pipeline/$model', params: { pipeline, model } }),
      },
    ]),
    ...[...new Set(models.map(({ name }) => name))].map(
      (model): Entry => ({
        ...{ id: `versions ${model}`, group: 'models', label: words.versions(model) },
        detail: words.versionsDetail,
        go: go({ to: '/models/$model/versions', params: { model } }),
      }),
    ),
    ...experiments.map(
      ({ key, name, state }): Entry => ({
        ...{ id: `experiment ${key}`, group: 'experiments', label: name },
        detail: `${key} · ${state}`,
        go: go({ to: '/experiments/$key', params: { key } }),
      }),
    ),
    ...policies.map(
      ({ key, name, state }): Entry => ({
        ...{ id: `policy ${key}`, group: 'policies', label: name, detail: `${key} · ${state}` },
        go: go({ to: '/personalization/$key', params: { key } }),
      }),
    ),
    ...watches.map(
      ({
        watch: {
          definition: { key, name },
        },
      }): Entry => ({
        ...{ id: `watch ${key}`, group: 'watches', label: name, detail: key },
        go: go({ to: '/anomalies/watches/$key', params: { key } }),
      }),
    ),
    ...runs.slice(0, runsMax).map(
      ({ id, model, startedAt, state }): Entry => ({
        ...{ id: `run ${id}`, group: 'runs', label: `${model}, ${formatInstant(startedAt)}` },
        detail: stateWords[state],
        go: go({ to: '/retraining/$id', params: { id } }),
      }),
    ),
  ];
}

/** Places to go to. */
function usePlaces(search: Search): Entry[] {
  const choose = useChoosePlace();
  const { data } = useQuery(placesQuery);
  if (data === undefined) return [];
  const { places, mine } = data;
  const tree = placeTree(data);
  const mayWiden = readPlace(search.place) !== undefined && places.length > 0;
  const isWide = mine === 'everywhere' || mine.length > 1;
  return [
    ...(mayWiden && isWide
      ? [
          {
            ...{ id: 'place', group: 'places' as const },
            label: mine === 'everywhere' ? placeWords.everywhere : placeWords.everywhereOwn,
            go: () => choose(undefined, 'institution'),
          },
        ]
      : []),
    ...places
      .filter((place) => tree.isOwn(place))
      .map(
        ({ level, name, parent }): Entry => ({
          ...{ id: `place ${placeText({ level, name })}`, group: 'places' },
          label: placeWords.goTo(placeWords.levels[level], name),
          detail: parent ?? undefined,
          go: () => choose({ level, name }, level),
        }),
      ),
  ];
}
