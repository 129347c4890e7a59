/** All versions, what each is and was; two can be chosen to be compared. */
import { Link } from '@tanstack/react-router';
import type { ListedVersion, ModelLife } from '../../contracts/modelLifeApi.ts';
import { keepView, type Search } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { formatDuration, formatShare } from '../format/numbers.ts';
import { formatDate, formatInstant } from '../format/times.ts';
import { Command } from '../parts/Command.tsx';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { words as common, kindWords, list as words } from '../words/versions.ts';
import { importCommand } from './exampleCommand.ts';
import { formatMetric, metricName, metricsOf } from './figures.ts';
import { roleOf } from './lifeOf.ts';
import { servedMs, shareNow } from './traffic.ts';

interface Props {
  life: ModelLife;
  now: number;
}

/** More metrics stand on the page of each version. */
const metricsMax = 3;

export function VersionsSection({ life, now }: Props) {
  const { search, change } = useView();
  const { versions, model } = life;
  const chosen = [search.version, search.against].filter((each) => each !== undefined);
  const isLone = versions.every(({ kind }) => kind === 'online');
  return (
    <Section title={words.title} {...(versions.length > 1 ? { text: words.text } : {})}>
      <div className="card flush">
        <DataTable
          label={words.title}
          columns={columnsOf(life, now, chosen, (version) => change(chosenAfter(search, version)))}
          rows={versions}
          keyOf={({ version }) => version}
          selected={({ version }) => chosen.includes(version)}
        />
        <p className="card-note muted" role="status">
          {chosen.length === 1 ? words.one : ''}
        </p>
      </div>
      {isLone && (
        <div className="card">
          <Empty title={words.onlyOnline}>
            <p className="muted empty-text">{words.onlyOnlineText}</p>
            <Link
              to="/retraining"
              search={(view) => ({ ...keepView(view), model })}
              className="button"
            >
              {words.train}
            </Link>
            <p className="muted">{words.importText}</p>
            <Command label={words.importLabel} text={importCommand(location.origin, model)} />
          </Empty>
        </div>
      )}
    </Section>
  );
}

/** A third takes the place of the second; one that is chosen already is left out. */
function chosenAfter({ version, against }: Search, toggled: string): Partial<Search> {
  if (toggled === version) return { version: against, against: undefined };
  if (toggled === against) return { against: undefined };
  return version === undefined ? { version: toggled } : { against: toggled };
}

function columnsOf(
  life: ModelLife,
  now: number,
  chosen: readonly string[],
  onToggle: (version: string) => void,
): Column<ListedVersion>[] {
  const { model, versions, served } = life;
  const metrics = metricsOf(versions.map((each) => each.metrics)).slice(0, metricsMax);
  const compare: Column<ListedVersion> = {
    label: words.compareHead,
    cell: ({ version }) => (
      <label className="compare-box">
        <input
          type="checkbox"
          aria-label={words.compare(version)}
          checked={chosen.includes(version)}
          onChange={() => onToggle(version)}
        />
      </label>
    ),
  };
  return [
    ...(versions.length > 1 ? [compare] : []),
    {
      label: words.version,
      head: true,
      cell: ({ version, kind }) => (
        <>
          <Link to="/models/$model/versions/$version" params={{ model, version }} search={keepView}>
            {version}
          </Link>
          <span className="cell-detail">{kindWords[kind]}</span>
        </>
      ),
    },
    {
      label: words.role,
      cell: (version) => {
        const { tone, word } = roleOf(version, life);
        return <StateWord tone={tone}>{word}</StateWord>;
      },
    },
    {
      label: words.share,
      definition: { means: words.shareMeans },
      number: true,
      cell: ({ version }) => {
        const share = shareNow(served, version);
        return share === 0 ? common.none : formatShare(share);
      },
    },
    {
      label: words.served,
      definition: { means: words.servedMeans },
      number: true,
      minor: true,
      cell: ({ version }) => {
        const spentMs = servedMs(served, version, now);
        return spentMs === 0 ? words.never : formatDuration(spentMs);
      },
    },
    ...metrics.map(
      (metric): Column<ListedVersion> => ({
        label: metricName(metric),
        definition: { means: words.metricMeans },
        number: true,
        minor: true,
        cell: (version) => formatMetric(version.metrics[metric]),
      }),
    ),
    {
      label: words.gates,
      definition: { means: words.gatesMeans },
      cell: ({ gatesPassed }) => <GatesWord passed={gatesPassed} />,
    },
    {
      label: words.made,
      minor: true,
      cell: ({ madeAt, run, actor }) => (
        <>
          <time dateTime={new Date(madeAt).toISOString()} title={formatInstant(madeAt)}>
            {formatDate(madeAt)}
          </time>
          <span className="cell-detail">
            {run === null ? (
              words.by(actor)
            ) : (
              <Link to="/retraining/$id" params={{ id: run }} search={keepView}>
                {words.byRun}
              </Link>
            )}
          </span>
        </>
      ),
    },
  ];
}

export function GatesWord({ passed }: { passed: boolean | null }) {
  if (passed === null) return <span className="muted">{words.ungated}</span>;
  return (
    <StateWord tone={passed ? 'good' : 'bad'}>{passed ? words.passed : words.failed}</StateWord>
  );
}
