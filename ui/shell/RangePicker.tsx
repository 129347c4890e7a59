/** The time range of the whole page: a choice of spans, and steps of half a span. */
import { ActionIcon, NativeSelect, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { shiftRange } from '../data/range.ts';
import { type RangeName, rangeNames } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { CalendarIcon, EarlierIcon, LaterIcon } from '../parts/Icons.tsx';
import { messages } from '../words/shell.ts';
import { CompareToggle } from './CompareToggle.tsx';

const words = messages.shell;

const DatesDialog = lazy(async () => ({
  default: (await import('./DatesDialog.tsx')).DatesDialog,
}));

export function RangePicker() {
  const { search, change } = useView();
  const narrow = useMediaQuery('(max-width: 1199px)') ?? false;
  const names = rangeNames.filter((name) => name !== 'custom' || search.range === 'custom');
  const options = names.map((name) => ({ value: name, label: messages.ranges[name] }));
  const choose = (name: string) =>
    change({ range: name as RangeName, back: 0, from: undefined, to: undefined });
  const [isDated, setDated] = useState(false);
  const atEnd = search.range === 'all' || (search.range !== 'custom' && search.back === 0);
  return (
    <div className="range-picker">
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label={words.earlier}
        title={words.earlier}
        disabled={search.range === 'all'}
        onClick={() => change(shiftRange(search, -1))}
      >
        <EarlierIcon />
      </ActionIcon>
      {narrow ? (
        <NativeSelect
          size="sm"
          aria-label={words.range}
          data={options}
          value={search.range}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      ) : (
        <SegmentedControl
          size="xs"
          withItemsBorders={false}
          aria-label={words.range}
          data={options}
          value={search.range}
          onChange={choose}
        />
      )}
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label={words.later}
        title={words.later}
        disabled={atEnd}
        onClick={() => change(shiftRange(search, 1))}
      >
        <LaterIcon />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label={words.dates}
        title={words.dates}
        onClick={() => setDated(true)}
      >
        <CalendarIcon />
      </ActionIcon>
      <CompareToggle />
      {isDated && (
        <Suspense fallback={null}>
          <DatesDialog
            search={search}
            onChoose={({ from, to }) => change({ range: 'custom', back: 0, from, to })}
            onClose={() => setDated(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
