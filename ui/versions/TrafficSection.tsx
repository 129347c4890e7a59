/** What served when, in the time that is shown, with what was done and what else happened. */
import { useCallback, useMemo } from 'react';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import type { TimeLayer } from '../charts/timeLayer.ts';
import { trafficHeight, trafficStrip, trafficTable } from '../charts/trafficStrip.ts';
import { windowOf } from '../data/range.ts';
import { useView } from '../data/useView.ts';
import { formatShare } from '../format/numbers.ts';
import { HappenedList } from '../happenings/HappenedList.tsx';
import { useOwnHappenings } from '../happenings/HappeningsProvider.tsx';
import { Empty, EmptyRange } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { traffic as words } from '../words/versions.ts';
import { trafficOf } from './traffic.ts';

/** More are folded away. */
const unfoldedMax = 10;

interface Props {
  life: ModelLife;
  now: number;
}

export function TrafficSection({ life: { model, served }, now }: Props) {
  const { search } = useView();
  const { range, back, from: begin, to: end } = search;
  const extentFrom = served[0]?.from ?? now;
  const { from, to } = useMemo(
    () => windowOf({ range, back, from: begin, to: end }, { from: extentFrom, to: now }),
    [range, back, begin, end, extentFrom, now],
  );
  const traffic = useMemo(() => trafficOf(served, { from, to }), [served, from, to]);
  // Who serves is told by the changes, and the steps of a release by its own section.
  const own = useMemo(
    () =>
      ({
        happenings: traffic.changes.map(({ from: at, shares, reason, actor }) => {
          const became = words.became(sharesText(shares));
          return { at, actor, sentence: reason === '' ? became : `${became} — ${reason}` };
        }),
        kind: 'deployment',
        subject: model,
      }) as const,
    [traffic, model],
  );
  useOwnHappenings(own);
  const option = useCallback(
    (table: ChartTable, look: ChartLook, layer?: TimeLayer) =>
      trafficStrip(table, look, traffic, layer),
    [traffic],
  );
  return (
    <Section title={words.title}>
      <Chart
        title={words.chart}
        text={words.text}
        definition={{ means: words.means }}
        data={traffic}
        tableOf={trafficTable}
        option={option}
        layered
        uncompared={words.uncompared}
        heightPx={trafficHeight}
        empty={served.length === 0 ? <Unserved /> : <EmptyRange />}
      />
      <HappenedList unfoldedMax={unfoldedMax} />
    </Section>
  );
}

function Unserved() {
  return (
    <Empty title={words.unserved}>
      <p className="muted">{words.unservedText}</p>
    </Empty>
  );
}

/** "1.4 95 %, 1.5 5 %" */
function sharesText(shares: readonly { readonly version: string; readonly share: number }[]) {
  return shares
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)
    .map(({ version, share }) => words.part(version, formatShare(share)))
    .join(', ');
}
