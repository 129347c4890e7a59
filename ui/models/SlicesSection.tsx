/** For whom it does worse: the values of each slice, the most harmful first, with intervals about the whole. */
import { useState } from 'react';
import type { ModelPerformance, Slice, SliceReading } from '../../contracts/performanceApi.ts';
import { Behind } from '../behind/Behind.tsx';
import type { BehindSearch, FigureName } from '../data/search.ts';
import { formatCount, formatValue } from '../format/numbers.ts';
import { Command } from '../parts/Command.tsx';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Empty } from '../parts/Empty.tsx';
import { IntervalBar } from '../parts/IntervalBar.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import {
  words as common,
  figureTexts,
  figureWords,
  sentence,
  slices as words,
} from '../words/models.ts';
import { slicesDeclaration } from './declarations.ts';
import { formatGap, formatPerformance } from './figures.ts';
import { sliceStanding } from './sliceStanding.ts';
import { useIsOwn } from './useIsOwn.ts';

export function SlicesSection({ performance }: { performance: ModelPerformance }) {
  const { slices, sliceFigure } = performance;
  const behindOf = useBehindSlices(performance);
  return (
    <Section title={words.title} text={words.text(figureWords[sliceFigure as FigureName])}>
      {slices.length === 0 && (
        <div className="card">
          <Empty title={words.none}>
            <p className="muted">{words.noneText}</p>
            <Command label={common.declareSlices} text={slicesDeclaration} />
          </Empty>
        </div>
      )}
      {slices.map((slice) => (
        <SliceTable
          key={slice.slice}
          slice={slice}
          figure={sliceFigure as FigureName}
          behind={behindOf(slice)}
        />
      ))}
    </Section>
  );
}

/** Rows that are shown at first. */
const firstRows = 8;

type BehindValue = (value: string) => BehindSearch | undefined;

/** What is predicted outside is not kept one by one. */
function useBehindSlices(performance: ModelPerformance) {
  const { pipeline, model, version, from, to, isTruncated } = performance;
  const isOwn = useIsOwn(pipeline, model);
  return ({ slice }: Slice): BehindValue =>
    (value) =>
      isOwn && !isTruncated
        ? { of: 'model', pipeline, model, version, slice, value, from, to }
        : undefined;
}

interface TableProps {
  slice: Slice;
  figure: FigureName;
  behind: BehindValue;
}

function SliceTable({ slice, figure, behind }: TableProps) {
  const { whole, values, suppressed, more } = slice;
  const [isWhole, setWhole] = useState(false);
  const name = words.value(slice.slice);
  const shown = isWhole ? values : values.slice(0, firstRows);
  return (
    <div className="card flush">
      <div className="card-title spread">
        <h3>{name}</h3>
        {whole !== null && (
          <span className="muted">{words.whole(formatPerformance(figure, whole))}</span>
        )}
      </div>
      {values.length === 0 ? (
        <Empty title={words.noLabels} />
      ) : (
        <DataTable
          label={name}
          columns={columnsOf(name, figure, whole, reachOf(shown, whole), behind)}
          rows={shown}
          keyOf={({ value }) => value}
        />
      )}
      {values.length > firstRows && (
        <p className="card-note">
          <button type="button" className="text-button" onClick={() => setWhole(!isWhole)}>
            {isWhole ? words.showFewer : words.showAll(values.length)}
          </button>
        </p>
      )}
      {(suppressed > 0 || more > 0) && (
        <p className="card-note muted">
          {[
            ...(suppressed > 0 ? [words.suppressed(suppressed)] : []),
            ...(more > 0 ? [words.more(more)] : []),
          ].join(' ')}
        </p>
      )}
    </div>
  );
}

function columnsOf(
  name: string,
  figure: FigureName,
  whole: number | null,
  reach: number,
  behind: BehindValue,
): Column<SliceReading>[] {
  return [
    { label: name, head: true, cell: ({ value }) => value },
    {
      label: words.cases,
      number: true,
      cell: ({ value, count }) => (
        <Behind
          asked={behind(value)}
          what={`${name} ${value}, ${words.cases}, ${formatCount(count)}`}
        >
          {formatCount(count)}
        </Behind>
      ),
    },
    {
      label: figureWords[figure],
      definition: { means: figureTexts[figure] },
      number: true,
      cell: ({ estimate, lower, upper }) => (
        <>
          {formatPerformance(figure, estimate)}
          <span className="cell-detail">
            {words.between(formatPerformance(figure, lower), formatPerformance(figure, upper))}
          </span>
        </>
      ),
    },
    {
      label: words.interval,
      minor: true,
      cell: (reading) => <IntervalBar effect={aboutWhole(reading, whole)} reach={reach} />,
    },
    {
      label: words.gap,
      number: true,
      minor: true,
      cell: ({ estimate, gap }) => {
        const isAbove = (estimate ?? 0) > (whole ?? 0);
        const distance = formatGap(figure, gap);
        return isAbove ? sentence.above(distance) : sentence.below(distance);
      },
    },
    {
      label: words.harm,
      definition: { means: words.harmMeans },
      number: true,
      minor: true,
      cell: ({ harm }) => formatValue(harm),
    },
    {
      label: words.state,
      definition: { means: words.stateMeans },
      cell: (reading) => {
        const { tone, word } = sliceStanding(reading, whole);
        return <StateWord tone={tone}>{word}</StateWord>;
      },
    },
  ];
}

function aboutWhole({ estimate, lower, upper }: SliceReading, whole: number | null) {
  const less = (value: number | null) => (value === null || whole === null ? null : value - whole);
  return { estimate: less(estimate), low: less(lower), high: less(upper) };
}

/** The largest distance of any end from the whole. */
function reachOf(readings: readonly SliceReading[], whole: number | null): number {
  return Math.max(
    0,
    ...readings.flatMap((reading) => {
      const { low, high } = aboutWhole(reading, whole);
      return [Math.abs(low ?? 0), Math.abs(high ?? 0)];
    }),
  );
}
