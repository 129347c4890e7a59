/** Where in the dashboard a subject has its page. */
import type { Card, InsightSubject } from '../../contracts/insight.ts';

const simple: Partial<Record<InsightSubject['kind'], (key: string) => string>> = {
  column: (key) => `/drift/${encodeURIComponent(key)}`,
  experiment: (key) => `/experiments/${encodeURIComponent(key)}`,
  policy: (key) => `/personalization/${encodeURIComponent(key)}`,
  watch: (key) => `/anomalies/watches/${encodeURIComponent(key)}`,
  pipeline: () => '/pipelines',
};

/**
 * A model has a page for each pipeline: that of which the promise or the button speaks, else that of its versions.
 *
 * @returns undefined for the engine, which has none
 */
export function subjectPage({ subject, finding, others }: Card): string | undefined {
  if (subject.kind !== 'model') return simple[subject.kind]?.(subject.key);
  const model = encodeURIComponent(subject.key);
  const findings = [finding, ...others];
  const measure = findings
    .flatMap(({ promise }) => (promise?.measure.kind === 'model' ? [promise.measure] : []))
    .find((each) => each.model === subject.key);
  if (measure !== undefined) return `/models/${encodeURIComponent(measure.pipeline)}/${model}`;
  const page = findings
    .map(({ action }) => /^\/models\/[^/?#]+\/([^/?#]+)(?=$|[?#])/.exec(action?.page ?? ''))
    .find((found) => found?.[1] === model);
  return page?.[0] ?? `/models/${model}/versions`;
}
