/** The actions: what each gets and earns, and its switches. Each change asks for a reason and can be taken back. */

import type { Action } from '../../contracts/policy.ts';
import type { PolicyDetail, PolicyReport } from '../../contracts/policyApi.ts';
import { Behind } from '../behind/Behind.tsx';
import type { BehindSearch } from '../data/search.ts';
import { conditionWords } from '../definitions/conditionWords.ts';
import { formatCount, formatShare, missing } from '../format/numbers.ts';
import { spanWords } from '../format/spans.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Empty } from '../parts/Empty.tsx';
import { NeededSwitch } from '../parts/NeededSwitch.tsx';
import { Needs } from '../parts/Needs.tsx';
import { Section } from '../parts/Section.tsx';
import { definitions, actions as words } from '../words/personalization.ts';
import type { Asked } from './asked.ts';
import { nameOfAction } from './changes.ts';
import { coursesOf } from './courses.ts';
import { peopleWords } from './people.ts';
import { scaleOf, WorthBar } from './WorthBar.tsx';
import { formatWorth } from './worth.ts';

interface Row {
  readonly action: Action;
  readonly reported: PolicyReport['actions'][number] | undefined;
}

interface Props {
  detail: PolicyDetail;
  report: PolicyReport | undefined;
  onAsk(asked: Asked): void;
}

export function ActionsSection({ detail, report, onAsk }: Props) {
  const { policy } = detail;
  const { actions, pins, control, state } = policy;
  const isEditable = state === 'draft' || state === 'running' || state === 'paused';
  const rows: Row[] = actions.map((action) => ({
    action,
    reported: report?.actions.find((each) => each.action === action.key),
  }));
  const colors = new Map(
    (report === undefined ? [] : coursesOf(report)).map(({ key, color }) => [key, color]),
  );
  const scale = scaleOf(rows.flatMap(({ reported }) => (reported ? [reported.worth] : [])));
  const everyone = conditionWords({ all: [] });
  const columns: Column<Row>[] = [
    {
      label: words.action,
      head: true,
      cell: ({ action: { key, name } }) => (
        <span className="wide-cell">
          {colors.has(key) && (
            <span
              className="swatch"
              style={{ background: `var(--series-${(colors.get(key) ?? 0) + 1})` }}
              aria-hidden="true"
            />
          )}
          {name}
          <span className="cell-detail">{key}</span>
        </span>
      ),
    },
    {
      label: words.offered,
      definition: { means: definitions.offered },
      cell: ({ action: { key, name, offered } }) => (
        <NeededSwitch
          everywhere
          isOn={offered}
          isFixed={!isEditable}
          label={words.offer(name)}
          word={offered ? words.on : words.off}
          onTurn={(next) => onAsk({ kind: 'offer', action: key, offered: next })}
        />
      ),
    },
    ...(report === undefined
      ? []
      : ([
          {
            label: words.share,
            number: true,
            cell: ({ reported }) => formatShare(reported?.share ?? null),
          },
          {
            label: words.earned,
            definition: { means: definitions.worth },
            cell: ({ reported }) => (
              <span className="nowrap">
                {reported === undefined ? missing : formatWorth(reported.worth)}
              </span>
            ),
          },
          {
            label: words.interval,
            minor: true,
            cell: ({ reported }) =>
              reported !== undefined && (
                <WorthBar worth={reported.worth} {...scale} mark={report.worth.control.mean} />
              ),
          },
          {
            label: words.decisions,
            number: true,
            cell: ({ action: { key, name }, reported }) => {
              const text = formatCount(reported?.worth.decisions ?? null);
              const asked: BehindSearch = {
                ...{ of: 'policy', key: policy.key, action: key },
                ...{ from: report.from, to: report.to },
              };
              return (
                <Behind
                  asked={reported?.worth.decisions == null ? undefined : asked}
                  what={`${name}, ${words.decisions}, ${text}`}
                >
                  {text}
                </Behind>
              );
            },
          },
        ] satisfies Column<Row>[])),
    {
      label: words.cap,
      definition: { means: definitions.cap },
      cell: ({ action: { key, name, cap } }) => {
        const text =
          cap === undefined ? words.uncapped : words.capped(cap.times, spanWords(cap.withinMs));
        return isEditable ? (
          <Needs everywhere>
            <button
              type="button"
              className="text-button"
              aria-label={words.changeCap(name, text)}
              onClick={() => onAsk({ kind: 'cap', action: key })}
            >
              {text}
            </button>
          </Needs>
        ) : (
          text
        );
      },
    },
    ...(actions.some(({ eligible }) => conditionWords(eligible) !== everyone)
      ? [
          {
            label: words.eligible,
            minor: true,
            cell: ({ action }: Row) => conditionWords(action.eligible),
          },
        ]
      : []),
    {
      label: words.control,
      definition: { means: definitions.control },
      cell: ({ action: { key, name, offered } }) =>
        key === control ? (
          <b>{words.isControl}</b>
        ) : (
          isEditable &&
          offered && (
            <Needs everywhere>
              <button
                type="button"
                className="text-button"
                aria-label={words.makeControl(name)}
                onClick={() => onAsk({ kind: 'control', control: key })}
              >
                {words.make}
              </button>
            </Needs>
          )
        ),
    },
  ];
  return (
    <Section
      title={words.title}
      text={isEditable ? words.text : words.fixedText}
      tools={
        isEditable && actions.length > 0 ? (
          <Needs everywhere>
            <button
              type="button"
              className="button small"
              onClick={() => onAsk({ kind: 'pin', action: undefined })}
            >
              {words.pin}
            </button>
          </Needs>
        ) : undefined
      }
    >
      <div className="card flush">
        {rows.length === 0 ? (
          <Empty title={words.brought}>
            <p className="muted">{words.broughtText}</p>
          </Empty>
        ) : (
          <DataTable
            label={words.title}
            columns={columns}
            rows={rows}
            keyOf={({ action }) => action.key}
          />
        )}
      </div>
      {pins.length > 0 && (
        <ul className="card pins" aria-label={words.pins}>
          {pins.map((pin, index) => {
            const name = nameOfAction(policy, pin.action);
            return (
              <li key={`${pin.action} ${JSON.stringify(pin.if)}`}>
                <span>{words.pinned(peopleWords(pin.if), name)}</span>
                {isEditable && (
                  <Needs everywhere>
                    <button
                      type="button"
                      className="button small"
                      aria-label={words.removePin(name)}
                      onClick={() => onAsk({ kind: 'unpin', index })}
                    >
                      {words.remove}
                    </button>
                  </Needs>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
