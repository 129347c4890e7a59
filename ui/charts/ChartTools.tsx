/** The small toolbar of a chart: table or picture, and export. */
import { ActionIcon } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { ChartIcon, DownloadIcon, TableIcon } from '../parts/Icons.tsx';
import { messages } from '../words/shell.ts';
import type { ExportProps } from './ExportMenu.tsx';

const words = messages.charts;

/** A tenth of what would be loaded before the first page, and nothing that is read. */
const ExportMenu = lazy(async () => ({ default: (await import('./ExportMenu.tsx')).ExportMenu }));

interface Props extends ExportProps {
  asTable: boolean;
  onFlip(): void;
}

export function ChartTools({ asTable, onFlip, ...exported }: Props) {
  const { title } = exported;
  const flipLabel = `${asTable ? words.asChart : words.asTable}: ${title}`;
  return (
    <div className="chart-tools">
      <ActionIcon
        variant="subtle"
        size="md"
        aria-label={flipLabel}
        title={flipLabel}
        onClick={onFlip}
      >
        {asTable ? <ChartIcon /> : <TableIcon />}
      </ActionIcon>
      <Suspense fallback={<Coming title={title} />}>
        <ExportMenu {...exported} />
      </Suspense>
    </div>
  );
}

/** Keeps the place of the menu. */
function Coming({ title }: { title: string }) {
  return (
    <ActionIcon variant="transparent" size="md" disabled aria-label={`${words.export}: ${title}`}>
      <DownloadIcon />
    </ActionIcon>
  );
}
