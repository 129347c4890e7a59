/** Guardrails of a release: whether it predicts better, and whether the users who are served by it fare worse. */
import type { ArmEvidence, PairedEvidence } from '../../contracts/release.ts';
import { formatChange, formatCount, formatPoints, missing } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { Empty } from '../parts/Empty.tsx';
import { IntervalBar } from '../parts/IntervalBar.tsx';
import { Tile } from '../parts/Tile.tsx';
import { release as words } from '../words/versions.ts';
import { type Evident, judgeArms, judgePaired } from './evidence.ts';
import { formatScore } from './figures.ts';

interface Props {
  /** Undefined before the first labels. */
  latest: Evident | undefined;
  gainMin: number;
  /** Of a former champion, which serves nobody. */
  onTrial: boolean;
}

export function EvidenceTiles({ latest, gainMin, onTrial }: Props) {
  if (latest === undefined) {
    return (
      <div className="card">
        <Empty title={words.noEvidence}>
          <p className="muted">{words.noEvidenceText}</p>
        </Empty>
      </div>
    );
  }
  const { at, evidence } = latest;
  return (
    <ul className="tiles narrow evidence" aria-label={words.tiles}>
      <Tile
        name={words.paired}
        definition={{ means: words.pairedMeans }}
        figure={change(evidence.paired.mean)}
        judgement={judgePaired(evidence.paired, gainMin)}
        note={<PairedNote paired={evidence.paired} at={at} gainMin={gainMin} />}
      />
      {!onTrial && (
        <Tile
          name={words.arms}
          definition={{ means: words.armsMeans }}
          figure={formatPoints(evidence.arms?.difference ?? null)}
          judgement={
            evidence.arms === null
              ? { tone: 'none', word: words.armsNone }
              : judgeArms(evidence.arms)
          }
          note={evidence.arms !== null && <ArmsNote arms={evidence.arms} at={at} />}
        />
      )}
    </ul>
  );
}

function change(value: number | null): string {
  if (value === null) return missing;
  return Number(value.toFixed(4)) === 0 ? words.alike : formatChange(value, formatScore);
}

function PairedNote({
  paired,
  at,
  gainMin,
}: {
  paired: PairedEvidence;
  at: number;
  gainMin: number;
}) {
  const { mean, lower, upper, count } = paired;
  const reach = Math.max(Math.abs(lower ?? 0), Math.abs(upper ?? 0), gainMin);
  return (
    <>
      <IntervalBar effect={{ estimate: mean, low: lower, high: upper }} reach={reach} />
      <span className="cell-detail">
        {lower !== null && upper !== null && `${words.between(change(lower), change(upper))}; `}
        {words.count(formatCount(count))}, {words.evidenceAt(formatInstant(at))}
      </span>
    </>
  );
}

function ArmsNote({ arms, at }: { arms: ArmEvidence; at: number }) {
  const { difference, lower, upper, users, others } = arms;
  const reach = Math.max(Math.abs(lower ?? 0), Math.abs(upper ?? 0));
  return (
    <>
      <IntervalBar effect={{ estimate: difference, low: lower, high: upper }} reach={reach} />
      <span className="cell-detail">
        {lower !== null &&
          upper !== null &&
          `${words.between(formatPoints(lower), formatPoints(upper))}; `}
        {words.users(formatCount(users), formatCount(others))},{' '}
        {words.evidenceAt(formatInstant(at))}
      </span>
    </>
  );
}
