/** What each action earns in each group: tinted by how far it lies from the group's average, hatched where little is known. */
import { NativeSelect } from '@mantine/core';
import type { PolicyDetail, PolicyReport } from '../../contracts/policyApi.ts';
import { useView } from '../data/useView.ts';
import { decimals } from '../format/effects.ts';
import { formatChange, formatCount, missing } from '../format/numbers.ts';
import { Definition } from '../parts/Definition.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { Section } from '../parts/Section.tsx';
import { TableExport } from '../parts/TableExport.tsx';
import { definitions, segments as words } from '../words/personalization.ts';
import { messages } from '../words/shell.ts';
import { nameOfAction } from './changes.ts';
import { shownActions } from './courses.ts';
import { attributeOf, isThin, type SegmentRow, segmentRows, upliftOf } from './segments.ts';
import { fixed } from './worth.ts';

interface Props {
  detail: PolicyDetail;
  report: PolicyReport;
}

/** More columns than this are not read. */
const columnsMax = 8;

export function SegmentMatrix({ detail: { policy }, report }: Props) {
  const { search, change } = useView();
  if (policy.segments.length === 0) return null;
  const attributes = [...new Set(report.segments.map(({ segment }) => attributeOf(segment)))];
  const chosen = attributes.find((attribute) => attribute === search.by);
  const rows = segmentRows(report, chosen);
  const keys = shownActions(report, columnsMax);
  const actions = report.actions.filter(({ action }) => keys.has(action));
  const left = report.actions.length - actions.length;
  const reach = Math.max(
    ...rows.flatMap((row) =>
      [...row.cells.values()].map((cell) => Math.abs(upliftOf(cell, row) ?? 0)),
    ),
    0,
  );
  return (
    <Section
      title={words.title}
      text={words.text}
      tools={
        attributes.length > 1 ? (
          <NativeSelect
            size="xs"
            label={words.by}
            data={[
              { value: '', label: words.all },
              ...attributes.map((attribute) => ({ value: attribute, label: attribute })),
            ]}
            value={chosen ?? ''}
            onChange={({ currentTarget: { value } }) =>
              change({ by: value === '' ? undefined : value })
            }
          />
        ) : undefined
      }
    >
      <div className="card flush">
        {rows.length === 0 ? (
          <Empty title={words.none}>
            <p className="muted">{words.noneText}</p>
          </Empty>
        ) : (
          <TableExport label={words.title}>
            <Scroll label={messages.tableOf(words.title)}>
              <table className="data-table matrix">
                <thead>
                  <tr>
                    <th scope="col">
                      <Definition of={{ means: definitions.segments }}>{words.segment}</Definition>
                    </th>
                    {actions.map(({ action }) => (
                      <th key={action} scope="col" className="number">
                        {nameOfAction(policy, action)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.segment}>
                      <th scope="row" className="nowrap">
                        {row.segment.replace('=', ' ')}
                      </th>
                      {actions.map(({ action }) => (
                        <Cell key={action} row={row} action={action} reach={reach} />
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          </TableExport>
        )}
        <p className="card-note muted matrix-key">
          <span>
            <span className="swatch matrix-up" aria-hidden="true" /> {words.up}
          </span>
          <span>
            <span className="swatch matrix-down" aria-hidden="true" /> {words.down}
          </span>
          <span>
            <span className="swatch hatched" aria-hidden="true" /> {words.thin}
          </span>
          <span>{words.suppressed(report.suppressed)}</span>
          {left > 0 && <span>{words.left(left)}</span>}
        </p>
      </div>
    </Section>
  );
}

interface CellProps {
  row: SegmentRow;
  action: string;
  /** The largest uplift of the table. */
  reach: number;
}

/** Share of the colour in the tint of the largest uplift, in per cent: words on it keep their contrast. */
const tintMax = 26;

function Cell({ row, action, reach }: CellProps) {
  const cell = row.cells.get(action);
  const uplift = upliftOf(cell, row);
  if (cell === undefined) {
    return (
      <td className="number hatched">
        <span className="muted">{words.absent}</span>
      </td>
    );
  }
  const tone = (uplift ?? 0) >= 0 ? '--good' : '--bad';
  const digits = reach > 0 ? decimals(reach) : 2;
  const tint = uplift === null ? 0 : Math.round((Math.abs(uplift) / (reach || 1)) * tintMax);
  return (
    <td
      className={isThin(cell) ? 'number hatched' : 'number'}
      style={{ backgroundColor: `color-mix(in srgb, var(${tone}) ${tint}%, transparent)` }}
    >
      <b>{cell.worth.mean === null ? missing : fixed(cell.worth.mean, digits)}</b>
      <span className="cell-detail">
        {uplift === null ? '' : formatChange(uplift, (size) => fixed(size, digits))}
        {' · '}
        {words.users(formatCount(cell.users))}
        {isThin(cell) && <span className="visually-hidden">{words.thinCell}</span>}
      </span>
    </td>
  );
}
