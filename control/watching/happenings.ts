/** What happened besides: what people have changed, days that are unlike others, alerts. What charts draw on their time axis. */
import type { Alert, Happening } from '../../contracts/alert.ts';
import type { PlacedKind } from '../../contracts/place.ts';
import type { CalendarDays } from '../../contracts/watch.ts';
import type { ZoneOffset } from '../alerts/localTime.ts';
import type { RecordedChange } from '../definitions/knownDefinition.ts';
import { bounded, type Reader } from '../statement.ts';
import { sentence } from '../words.ts';
import { readAlerts } from './alertRows.ts';
import type { Revision } from './definitionShelf.ts';
import { type EndedRun, type LivedModel, modelHappenings } from './modelHappenings.ts';
import type { WatchDefinitions } from './watchDefinitions.ts';

/** What has a record of its changes. */
export interface Changed {
  readonly key: string;
  readonly name: string;
  readonly changes: readonly Pick<RecordedChange, 'at' | 'change'>[];
}

/** Whether a definition may be seen by who asks. */
export type OwnDefinition = (kind: PlacedKind, key: string) => boolean;

export interface HappeningSources {
  readonly reader: Reader;
  readonly definitions: WatchDefinitions & {
    readonly watches: { history(key: string): readonly Revision<unknown>[] | undefined };
  };
  experiments(): readonly Changed[];
  policies(): readonly Changed[];
  models(): readonly LivedModel[];
  /** Training runs of all models. */
  runs(): readonly EndedRun[];
  readonly offset: ZoneOffset;
  /** Alerts that are left out. */
  isHidden?(alert: Alert): boolean;
  /** Definitions of which is told; absent: all. */
  own?: OwnDefinition;
}

export interface Span {
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Of one kind; the newest count. */
const mostOfKind = 500;

/**
 * All that lies in a span, the oldest first.
 *
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function readHappenings(
  {
    reader,
    definitions,
    experiments,
    policies,
    models,
    runs,
    offset,
    isHidden,
    own,
  }: HappeningSources,
  span: Span,
): Promise<Happening[]> {
  const [alerts, metrics] = await Promise.all([
    readAlertsIn(reader, span, mostOfKind),
    readMetricChanges(reader, span),
  ]);
  const happenings = [
    ...changesOf('experiment', 'The experiment', experiments(), span),
    ...changesOf('policy', 'The policy', policies(), span),
    ...lifeOf(models(), runs(), span),
    ...metrics,
    ...changesOf('watch', 'The watch', watchChanges(definitions), span),
    ...definitions.days.all().map(({ definition }) => dayOf(definition, offset)),
    ...alerts
      .filter((alert) => alert.firedAt !== null && isHidden?.(alert) !== true)
      .map(alertHappening),
  ].filter(
    (each) =>
      each.at < span.to && (each.until ?? each.at) >= span.from && isOwnHappening(each, own),
  );
  return happenings.sort((a, b) => a.at - b.at);
}

/**
 * Whether what happened belongs to what may be seen. Alerts are told apart by their watch. Ends of runs have no model, and metrics no
 * place: they are everybody's, and left out.
 */
export function isOwnHappening(
  { kind, subject }: Happening,
  own: OwnDefinition | undefined,
): boolean {
  if (own === undefined || kind === 'calendar' || kind === 'alert') return true;
  if (kind === 'metric' || kind === 'retraining') return false;
  return own(kind === 'deployment' ? 'model' : kind, subject);
}

/** Alerts that were open in a span, the newest first. */
export function readAlertsIn(reader: Reader, { from, to }: Span, limit: number): Promise<Alert[]> {
  return readAlerts(reader, {
    having: `since < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
      AND (resolved_at IS NULL OR resolved_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC'))`,
    parameters: { from: Math.max(0, Math.floor(from)), to: Math.ceil(to) },
    limit,
  });
}

function changesOf(
  kind: Happening['kind'],
  what: string,
  all: readonly Changed[],
  { from, to }: Span,
): Happening[] {
  const found = all.flatMap(({ key, name, changes }) =>
    changes
      .filter(({ at }) => at >= from && at < to)
      .map(({ at, change }) => ({
        ...{ at, until: null, kind, subject: key },
        sentence: sentence(
          `${what} “${name}”: ${change.charAt(0).toLowerCase()}${change.slice(1)}`,
        ),
      })),
  );
  return found.sort((a, b) => b.at - a.at).slice(0, mostOfKind);
}

function lifeOf(
  models: readonly LivedModel[],
  runs: readonly EndedRun[],
  { from, to }: Span,
): Happening[] {
  return models
    .flatMap((model) => modelHappenings(model, runs))
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => b.at - a.at)
    .slice(0, mostOfKind);
}

/** Metrics of experiments keep no record in memory. */
async function readMetricChanges(reader: Reader, { from, to }: Span): Promise<Happening[]> {
  const rows = await reader.query<{ key: string; revision: number; at: number }>(
    bounded(`
    SELECT key, revision, toUnixTimestamp64Milli(min(d.at)) AS at
    FROM experiment_definitions AS d
    WHERE kind = 'metric' AND d.at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND d.at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    GROUP BY key, revision
    ORDER BY at DESC
    LIMIT ${mostOfKind}`),
    { from: Math.max(0, Math.floor(from)), to: Math.ceil(to) },
  );
  return rows.map(({ key, revision, at }) => ({
    ...{ at, until: null, kind: 'metric', subject: key },
    sentence: `The metric “${key}”: ${revision === 1 ? 'made' : 'changed'}.`,
  }));
}

function watchChanges({ watches }: HappeningSources['definitions']): Changed[] {
  return watches.all().map(({ definition: { key, name } }) => {
    const revisions = watches.history(key) ?? [];
    const changes = revisions.map(({ at, revision, definition }) => {
      const change = definition === null ? 'removed' : revision === 1 ? 'made' : 'changed';
      return { at, change };
    });
    return { key, name, changes };
  });
}

function dayOf({ key, name, from, to }: CalendarDays, offset: ZoneOffset): Happening {
  const at = midnight(from, offset);
  const until = midnight(nextDay(to), offset);
  return { at, until, kind: 'calendar', subject: key, sentence: sentence(name) };
}

/** When a local day begins. */
function midnight(day: string, offset: ZoneOffset): number {
  const shown = Date.parse(`${day}T00:00:00Z`);
  // The offset before and behind a change of the clocks differ: the second guess is at the right side.
  return shown - offset(shown - offset(shown));
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function alertHappening({ id, since, resolvedAt, headline }: Alert): Happening {
  return { at: since, until: resolvedAt, kind: 'alert', subject: id, sentence: headline };
}
