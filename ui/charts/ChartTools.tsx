/** The small toolbar of a chart: table or picture, and export. */
import { ActionIcon, Menu } from '@mantine/core';
import { messages } from '../messages.ts';
import { ChartIcon, DownloadIcon, TableIcon } from '../parts/Icons.tsx';
import { fileName, savePng, saveText } from './downloads.ts';

const words = messages.charts;

interface Props {
  title: string;
  asTable: boolean;
  onFlip(): void;
  csv(): string;
  /** The drawing, undefined while the table is shown. */
  svg: (() => { text: string; width: number; height: number } | undefined) | undefined;
  surface: string;
}

export function ChartTools({ title, asTable, onFlip, csv, svg, surface }: Props) {
  const name = fileName(title);
  const drawn = svg !== undefined;
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
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            size="md"
            aria-label={`${words.export}: ${title}`}
            title={words.export}
          >
            <DownloadIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => saveText(csv(), `${name}.csv`, 'text/csv')}>
            {words.csv}
          </Menu.Item>
          <Menu.Item
            disabled={!drawn}
            onClick={() => {
              const drawing = svg?.();
              if (drawing !== undefined) void savePng(drawing, surface, `${name}.png`);
            }}
          >
            {words.png}
          </Menu.Item>
          <Menu.Item
            disabled={!drawn}
            onClick={() => {
              const drawing = svg?.();
              if (drawing !== undefined) saveText(drawing.text, `${name}.svg`, 'image/svg+xml');
            }}
          >
            {words.svg}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
