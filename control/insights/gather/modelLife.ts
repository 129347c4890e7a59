/** What the registry knows of a model of the engine: who serves, what waits, what runs have come to, and whether what serves is behind. */
import type { GateReport } from '../../../contracts/gateReport.ts';
import type { Release } from '../../../contracts/release.ts';
import { isTrial } from '../../../contracts/releaseTrial.ts';
import type { KnownModel } from '../../registry/modelRegistry.ts';
import { releaseUnderWay } from '../../registry/releaseUnderWay.ts';
import { createReadEvidence } from '../../releases/readEvidence.ts';
import { evidenceNow } from '../../releases/releaseEvidence.ts';
import { waitingVersions } from '../../releases/waitingVersions.ts';
import type { StoredRun } from '../../retraining/storedRun.ts';
import { bounded, type Reader } from '../../statement.ts';
import type { FactMoment, FactSources } from '../factSources.ts';
import { completeDays, dayMs } from './completeDays.ts';
import type { BehindDay, HoldoutFacts, LifeFacts, ReleaseFacts, RunFacts } from './modelFacts.ts';
import { oncePerDay } from './oncePerDay.ts';

const behindDays = 14;

/** Weighted, since an example may stand for several; a probability is never so sure that its loss would have no end. */
const behind = bounded(`
  WITH
    label * -log(greatest(served, 1e-6)) + (1 - label) * -log(greatest(1 - served, 1e-6)) AS own,
    label * -log(greatest(online, 1e-6)) + (1 - label) * -log(greatest(1 - online, 1e-6)) AS other
  SELECT intDiv(toUnixTimestamp64Milli(time), ${dayMs}) * ${dayMs} AS day, count() AS count,
    sum(weight * (own - other)) / sum(weight) AS difference,
    varPop(own - other) / count() AS variance
  FROM examples
  WHERE pipeline = {pipeline:String} AND model = {model:String}
    AND feature_version = {features:String} AND served_version != {features:String}
    AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND isFinite(served) AND isFinite(online)
  GROUP BY day
  ORDER BY day
  LIMIT 100`);

export async function gatherLife(
  sources: FactSources,
  known: KnownModel,
  moment: FactMoment,
): Promise<LifeFacts> {
  const { serving, versions, served, plan, head } = known;
  const { version: champion, sha256 } = serving.champion;
  const made = versions.find(({ version }) => version.version === champion);
  const champions = served.map((each) => ({
    version: each.serving.champion.version,
    at: each.at,
  }));
  const changes = champions.filter(({ version }, i) => version !== champions[i - 1]?.version);
  const isOnline = sha256 === null;
  const waiting = waitingVersions(known).at(-1);
  const release = releaseUnderWay(known);
  return {
    ...{ plan, revision: head.revision, champion, isOnline },
    madeAt: made?.madeAt ?? 0,
    servesSince: changes.at(-1)?.at ?? 0,
    learntTo: made?.version.data?.to ?? null,
    before: changes.at(-2)?.version ?? null,
    release: release === undefined ? null : await releaseFacts(sources.reader, known, release),
    waiting:
      waiting === undefined || release !== undefined
        ? null
        : { version: waiting.version, holdout: holdoutOf(waiting.gates, plan.gates.alpha) },
    runs: sources.runs
      .all()
      .filter(({ run, imported }) => run.model === known.model && imported === null)
      .toReversed()
      .map(runFacts),
    behind:
      isOnline || known.task !== 'binary'
        ? []
        : await oncePerDay(sources, moment, `behind ${known.model} ${champion}`, () =>
            readBehind(sources.reader, known, moment),
          ),
  };
}

function readBehind(
  reader: Reader,
  { pipeline, model, featureVersion }: KnownModel,
  moment: FactMoment,
): Promise<BehindDay[]> {
  const of = { pipeline, model, features: featureVersion };
  return reader.query<BehindDay & object>(behind, { ...of, ...completeDays(moment, behindDays) });
}

async function releaseFacts(
  reader: Reader,
  { model, pipeline, plan }: KnownModel,
  release: Release,
): Promise<ReleaseFacts | null> {
  const { version, against, phase, paused, awaits, share, since } = release;
  // The trial of a new champion asks whether the former one is better.
  if ((phase !== 'shadow' && phase !== 'canary') || isTrial(release)) return null;
  const reading = await createReadEvidence(reader, () => pipeline)(model, release);
  const evidence = evidenceNow(release, plan.release, reading);
  const paired = evidence?.paired ?? null;
  return { version, against, phase, paused, awaits, share, since, paired };
}

function runFacts({ run, causeAt, plan, made }: StoredRun): RunFacts {
  const { id, state, sentence, startedAt, version, curves } = run;
  const gates = made.gates ?? run.gates ?? null;
  return {
    ...{ id, state, sentence, startedAt, version },
    // What is done by schedule, or by hand, has no other time than that.
    causeAt: causeAt > 0 ? causeAt : startedAt,
    failed: (gates?.gates ?? []).flatMap(({ gate, outcome }) =>
      outcome === 'failed' ? [gate] : [],
    ),
    holdout: holdoutOf(gates, plan.gates.alpha),
    validation: curves.find(({ name }) => name === 'validation')?.losses ?? [],
  };
}

function holdoutOf(gates: GateReport | null, alpha: number): HoldoutFacts | null {
  const checks = gates?.gates.find(({ gate }) => gate === 'holdout')?.checks ?? [];
  const check = checks.find(({ name }) => name === "log loss less the champion's");
  if (check?.value == null || check.lower === null || check.upper === null) return null;
  const { value, lower, upper, count } = check;
  return { value, lower, upper, alpha, count: count ?? 0, against: gates!.against };
}
