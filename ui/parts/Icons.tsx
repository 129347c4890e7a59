/** The few icons of the dashboard: 20 px, drawn in the colour of the text, hidden from assistive technology. */
import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="icon"
      width="18"
      height="18"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const icon = (path: string) => () => (
  <Icon>
    <path d={path} />
  </Icon>
);

export const OverviewIcon = icon(
  'M3 3.5h6v6H3zM11.5 3.5h5.5v3.5h-5.5zM11.5 10h5.5v6.5h-5.5zM3 12.5h6v4H3z',
);
export const RecommendationsIcon = icon(
  'M8 14.2h4M8.4 17h3.2M10 2.8a4.9 4.9 0 0 0-3 8.8c.6.5 1 1.1 1 1.8v.8h4v-.8c0-.7.4-1.3 1-1.8a4.9 4.9 0 0 0-3-8.8z',
);
export const ModelsIcon = icon('M3 3v14h14M6.5 12.5a3.5 3.5 0 0 1 3-3.2c3-.4 5-1.6 6-5.3M12 4h4v4');
export const ExperimentsIcon = icon(
  'M7.5 3h5M8.5 3v5l-4.6 7a1.3 1.3 0 0 0 1.1 2h10a1.3 1.3 0 0 0 1.1-2l-4.6-7V3M6 12.5h8',
);
export const PersonalizationIcon = icon(
  'M7 9.2a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 16.5c0-3 2-4.8 4.5-4.8s4.5 1.8 4.5 4.8M12 6h5.5M13.5 10h4M15 14h2.5',
);
export const AnomaliesIcon = icon('M2.5 12.5h3l1.5-2 2 2h1.5l2-9 2.5 13 1.2-4h1.8');
export const DriftIcon = icon(
  'M2.5 15.5c2.5 0 2.5-8 5-8s2.5 8 5 8M7.5 15.5c2.5 0 2.5-11 5-11s2.5 11 5 11',
);
export const RetrainingIcon = icon(
  'M16.6 10a6.6 6.6 0 1 1-2.2-4.9M16.8 2.8v3.6h-3.6M10 6.8V10l2.3 1.6',
);
export const PipelinesIcon = icon(
  'M3 5.5h5c3 0 3 9 6 9h3M3 14.5h5c1 0 1.7-1 2.3-2.3M12 7.5c.5-1.2 1-2 2-2h3',
);
export const SettingsIcon = icon(
  'M3 5.5h7M14 5.5h3M12 3.5v4M3 10h2M9 10h8M7 8v4M3 14.5h8M15 14.5h2M13 12.5v4',
);
export const ChartIcon = icon('M3 16.5h14M3.5 13l4-5 3.5 3 5-7');
export const TableIcon = icon('M3 4h14v12H3zM3 8h14M3 12h14M8 8v8');
export const DownloadIcon = icon('M10 3v9M6.5 8.5 10 12l3.5-3.5M4 16h12');
export const PauseIcon = icon('M7 5v10M13 5v10');
export const PlayIcon = icon('M7 4.5v11l8-5.5z');
export const EarlierIcon = icon('M12 5l-5 5 5 5');
export const LaterIcon = icon('M8 5l5 5-5 5');
export const LinkIcon = icon(
  'M8.5 11.5l3-3M9.5 6.5l1.6-1.6a3 3 0 0 1 4.2 4.2l-1.6 1.6M10.5 13.5l-1.6 1.6a3 3 0 0 1-4.2-4.2l1.6-1.6',
);
export const CheckIcon = icon('M4 10.5l4 4 8-9');
export const RemoveIcon = icon('M5 5l10 10M15 5L5 15');
export const HelpIcon = icon(
  'M7.5 7.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.9M10 14.8v.1M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z',
);
export const SearchIcon = icon('M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13.2 13.2L17 17');
export const CompareIcon = icon(
  'M3 14.5c3-7 5-7 7.5-3s4.5 3 6.5-4M3 8.5l1.5-1M7 5.8l1.6-.6M11.5 5.5l1.6.6M15.6 8l1.2 1.4',
);
export const CalendarIcon = icon(
  'M4 4.5h12v12H4zM4 8.5h12M7 2.8v3M13 2.8v3M7.2 12h.1M10 12h.1M12.8 12h.1',
);
export const SunIcon = icon(
  'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
);
export const MoonIcon = icon('M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3z');
export const AutoIcon = icon(
  'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 2.5v15M10 6h5.5M10 9.5h7.3M10 13h6.5',
);
