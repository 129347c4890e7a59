/** Whether the range before stands beside what is shown. */
import { ActionIcon } from '@mantine/core';
import { useView } from '../data/useView.ts';
import { CompareIcon } from '../parts/Icons.tsx';
import { messages } from '../words/shell.ts';

const words = messages.compare;

export function CompareToggle() {
  const { search, change } = useView();
  const isOn = search.compare === true;
  return (
    <ActionIcon
      variant="subtle"
      size="lg"
      className="compare-toggle"
      aria-label={words.label}
      aria-pressed={isOn}
      title={`${isOn ? words.on : words.label} (c)`}
      disabled={search.range === 'all'}
      onClick={() => change({ compare: isOn ? undefined : true })}
    >
      <CompareIcon />
    </ActionIcon>
  );
}
