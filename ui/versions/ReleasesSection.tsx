/** Releases that have ended, and what they came to. */
import type { Release } from '../../contracts/release.ts';
import { isTrial } from '../../contracts/releaseTrial.ts';
import type { Tone } from '../format/judgements.ts';
import { formatDuration } from '../format/numbers.ts';
import { formatDate, formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { phaseWords, release as words } from '../words/versions.ts';

const tones: Record<Release['phase'], Tone> = {
  promoted: 'good',
  withdrawn: 'attention',
  aborted: 'none',
  shadow: 'none',
  canary: 'none',
};

const columns: readonly Column<Release>[] = [
  {
    label: words.version,
    head: true,
    cell: (release) => (
      <>
        {release.version}
        {isTrial(release) && <span className="cell-detail">{words.trialOf(release.against)}</span>}
      </>
    ),
  },
  { label: words.against, minor: true, cell: ({ against }) => against },
  {
    label: words.outcome,
    cell: (release) => <Outcome release={release} />,
  },
  {
    label: words.why,
    cell: ({ steps }) => {
      const last = steps.at(-1);
      if (last === undefined) return null;
      return (
        <span className="wide-cell">
          {last.sentence}
          <span className="cell-detail">{last.actor}</span>
        </span>
      );
    },
  },
  {
    label: words.lasted,
    number: true,
    minor: true,
    cell: ({ steps, since }) => formatDuration(since - (steps[0]?.at ?? since)),
  },
  {
    label: words.when,
    number: true,
    cell: ({ since }) => (
      <time dateTime={new Date(since).toISOString()} title={formatInstant(since)}>
        {formatDate(since)}
      </time>
    ),
  },
];

/** That a former champion does not come back is good news of the new one. */
function Outcome({ release }: { release: Release }) {
  const { phase } = release;
  if (isTrial(release) && (phase === 'withdrawn' || phase === 'promoted')) {
    const tone = phase === 'withdrawn' ? 'good' : 'attention';
    return <StateWord tone={tone}>{words.trialEnds[phase]}</StateWord>;
  }
  return <StateWord tone={tones[phase]}>{phaseWords[phase]}</StateWord>;
}

export function ReleasesSection({ releases }: { releases: readonly Release[] }) {
  return (
    <Section title={words.earlier}>
      <div className="card flush">
        <DataTable label={words.earlier} columns={columns} rows={releases} keyOf={({ id }) => id} />
      </div>
    </Section>
  );
}
