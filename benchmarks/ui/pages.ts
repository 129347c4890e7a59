/** Every page of the dashboard, with what the engine knows to be on it. */

/** Answers of the lists that pages begin from; a list that is empty gives no page of its own. */
interface Lists {
  readonly models: { readonly models: readonly { name: string; pipeline: string }[] };
  readonly experiments: { readonly experiments: readonly { key: string }[] };
  readonly policies: { readonly policies: readonly { key: string }[] };
  readonly alerts: { readonly alerts: readonly { id: string }[] };
  readonly watches: { readonly watches: readonly { watch: { definition: { key: string } } }[] };
  readonly drift: { readonly columns: readonly { column: string }[] };
  readonly retraining: { readonly runs: readonly { id: string }[] };
  readonly insights: { readonly cards: readonly { id: string }[] };
}

async function ask<Answer>(url: string, path: string): Promise<Answer | undefined> {
  const response = await fetch(`${url}/v1/${path}`);
  return response.ok ? ((await response.json()) as Answer) : undefined;
}

/** Paths without search. @param user whose page is among them */
export async function pagesOf(url: string, user: string): Promise<string[]> {
  const [models, experiments, policies, alerts, watches, drift, retraining, insights] =
    await Promise.all([
      ask<Lists['models']>(url, 'models'),
      ask<Lists['experiments']>(url, 'experiments'),
      ask<Lists['policies']>(url, 'policies'),
      ask<Lists['alerts']>(url, 'alerts'),
      ask<Lists['watches']>(url, 'watches'),
      ask<Lists['drift']>(url, 'drift'),
      ask<Lists['retraining']>(url, 'retraining'),
      ask<Lists['insights']>(url, 'insights'),
    ]);
  const each = <Item>(items: readonly Item[] | undefined, path: (item: Item) => string) =>
    (items ?? []).slice(0, 2).map(path);
  const name = encodeURIComponent;
  return [
    ...['/', '/recommendations', '/models', '/retraining', '/experiments', '/experiments/new'],
    ...['/experiments/plan', '/personalization', '/personalization/new', '/anomalies'],
    ...['/anomalies/watches', '/anomalies/watches/new', '/drift', '/pipelines', '/settings'],
    `/personalization/users/${name(user)}`,
    ...each(insights?.cards, ({ id }) => `/recommendations/${name(id)}`),
    ...each(models?.models, (model) => `/models/${name(model.pipeline)}/${name(model.name)}`),
    ...each(models?.models, (model) => `/models/${name(model.name)}/versions`),
    ...each(experiments?.experiments, ({ key }) => `/experiments/${name(key)}`),
    ...each(policies?.policies, ({ key }) => `/personalization/${name(key)}`),
    ...each(alerts?.alerts, ({ id }) => `/anomalies/${name(id)}`),
    ...each(watches?.watches, ({ watch }) => `/anomalies/watches/${name(watch.definition.key)}`),
    ...each(drift?.columns, ({ column }) => `/drift/${name(column)}`),
    ...each(retraining?.runs, ({ id }) => `/retraining/${name(id)}`),
  ];
}
