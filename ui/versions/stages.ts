/** The steps of a release from shadow to champion, where it is, and what it waits for. */
import type { ModelPlan } from '../../contracts/modelPlan.ts';
import type { Release } from '../../contracts/release.ts';
import { isTrial, trialFactor } from '../../contracts/releaseTrial.ts';
import { formatCount, formatShare, formatValue } from '../format/numbers.ts';
import { spanWords } from '../format/spans.ts';
import { release as words } from '../words/versions.ts';

export interface Stage {
  readonly name: string;
  readonly standing: 'done' | 'here' | 'ahead';
}

export function stagesOf({ phase, step }: Release, { release: plan }: ModelPlan): readonly Stage[] {
  const names = [
    words.shadow,
    ...plan.canary.map(({ share }) => formatShare(share)),
    words.champion,
  ];
  const at = phase === 'promoted' ? names.length - 1 : phase === 'shadow' ? 0 : step + 1;
  return names.map((name, i) => ({
    name,
    standing: i < at ? 'done' : i === at ? 'here' : 'ahead',
  }));
}

export function waitsFor(release: Release, { release: plan }: ModelPlan): string {
  const { paused, awaits, phase, step, version, against } = release;
  if (isTrial(release)) {
    const rows = formatCount(trialFactor * plan.shadow.rowsMin);
    return paused ? words.waitsTrialPaused(version) : words.waitsTrial(version, rows, against);
  }
  if (awaits === 'canary') return words.waitsCanary;
  if (awaits === 'champion') return words.waitsChampion;
  if (paused) return words.waitsPaused;
  if (phase === 'shadow') {
    const { rowsMin, rowsMax } = plan.shadow;
    const rows = [formatCount(rowsMin), formatCount(rowsMax)] as const;
    return plan.gainMin === 0
      ? words.waitsShadow(...rows)
      : words.waitsShadowGain(formatValue(plan.gainMin), ...rows);
  }
  const here = plan.canary[step];
  if (here === undefined) return words.waitsChampion;
  const next = plan.canary[step + 1];
  const then = next === undefined ? words.nextChampion : words.nextShare(formatShare(next.share));
  const rows = formatCount(here.rowsMin);
  return here.durationMs === 0
    ? words.waitsCanaryRows(rows, then)
    : words.waitsCanaryBoth(rows, spanWords(here.durationMs), then);
}
