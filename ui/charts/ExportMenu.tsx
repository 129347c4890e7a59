/** The data and the picture of a chart as files: a menu. In a module of its own, since the page can be read before it is there. */
import { ActionIcon, Menu } from '@mantine/core';
import { DownloadIcon } from '../parts/Icons.tsx';
import { messages } from '../words/shell.ts';
import { fileName, savePng, saveText } from './downloads.ts';

const words = messages.charts;

export interface ExportProps {
  title: string;
  csv(): string;
  /** The drawing, undefined while the table is shown. */
  svg: (() => { text: string; width: number; height: number } | undefined) | undefined;
  surface: string;
}

export function ExportMenu({ title, csv, svg, surface }: ExportProps) {
  const name = fileName(title);
  const drawn = svg !== undefined;
  return (
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
  );
}
