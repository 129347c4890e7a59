/** What served when, in the time that is shown, with what was done and what else happened. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { trafficHeight, trafficStrip, trafficTable } from '../charts/trafficStrip.ts';
import { windowOf } from '../data/range.ts';
import { useView } from '../data/useView.ts';
import { formatShare } from '../format/numbers.ts';
import { happenedOf } from '../models/happened.ts';
import { happeningsBetween } from '../models/queries.ts';
import { Empty, EmptyRange } from '../parts/Empty.tsx';
import { NumberedList } from '../parts/NumberedList.tsx';
import { Section } from '../parts/Section.tsx';
import { trafficOf } from './traffic.ts';
import { traffic as words } from './words.ts';

interface Props {
  life: ModelLife;
  now: number;
}

/** More are folded away. */
const unfoldedMax = 6;

interface Marked {
  readonly at: number;
  readonly sentence: string;
  readonly actor?: string;
}

export function TrafficSection({ life: { model, served }, now }: Props) {
  const { search } = useView();
  const { range, back, from: begin, to: end } = search;
  const extentFrom = served[0]?.from ?? now;
  const { from, to } = useMemo(
    () => windowOf({ range, back, from: begin, to: end }, { from: extentFrom, to: now }),
    [range, back, begin, end, extentFrom, now],
  );
  const happenings = useQuery(happeningsBetween({ from: Math.floor(from), to: Math.ceil(to) }));
  const traffic = useMemo(() => trafficOf(served, { from, to }), [served, from, to]);
  const { marks, spans } = useMemo(() => {
    const happened = happenedOf(happenings.data?.happenings ?? [], { from, to });
    const changes: Marked[] = traffic.changes.map(({ from: at, shares, reason, actor }) => ({
      at,
      actor,
      sentence:
        reason === ''
          ? words.became(sharesText(shares))
          : `${words.became(sharesText(shares))} — ${reason}`,
    }));
    // Who serves is told by the changes already, and the steps of a release by its own section.
    const others = happened.flags.filter(
      (each) => each.kind !== 'deployment' || each.subject !== model,
    );
    return {
      marks: [...changes, ...others].toSorted((a, b) => a.at - b.at) as readonly Marked[],
      spans: happened.days,
    };
  }, [traffic, happenings.data, from, to, model]);
  const option = useCallback(
    (table: ChartTable, look: ChartLook) =>
      trafficStrip(table, look, {
        traffic,
        flags: marks.map(({ at }, i) => ({ at, label: String(i + 1) })),
        spans: spans.map(({ at, until, sentence }) => ({
          ...{ from: at, to: until, label: sentence, color: look.muted },
        })),
      }),
    [traffic, marks, spans],
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
        heightPx={trafficHeight}
        empty={served.length === 0 ? <Unserved /> : <EmptyRange />}
      />
      {marks.length > 0 && (
        <NumberedList
          summary={words.happened(marks.length)}
          happened={marks}
          unfoldedMax={unfoldedMax}
        />
      )}
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
