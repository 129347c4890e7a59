/** What is spent on finding out: the held-out, and the decisions on which another action than the best was tried. */

import type { PolicyDetail, PolicyReport } from '../../contracts/policyApi.ts';
import { formatShare } from '../format/numbers.ts';
import { Definition } from '../parts/Definition.tsx';
import { Needs } from '../parts/Needs.tsx';
import { definitions, exploration as words } from '../words/personalization.ts';
import type { Asked } from './asked.ts';
import { controlWords } from './moves.ts';
import { costWords } from './uncounted.ts';

interface Props {
  detail: PolicyDetail;
  report: PolicyReport | undefined;
  onAsk(asked: Asked): void;
}

export function ExplorationCard({ detail: { policy }, report, onAsk }: Props) {
  const { floor, holdout, control, state, actions } = policy;
  const isEditable = state === 'draft' || state === 'running' || state === 'paused';
  const offered = actions.filter((action) => action.offered).length;
  const spent = report === undefined ? undefined : spentOf(report);
  return (
    <div className="card exploration">
      <h2>{words.title}</h2>
      <p className="muted">{words.text}</p>
      {spent !== undefined && (
        <>
          <div className="spent-bar" aria-hidden="true">
            {(['best', 'explored', 'held'] as const)
              .filter((part) => spent[part] > 0)
              .map((part) => (
                <span key={part} className={`spent-${part}`} style={{ flexGrow: spent[part] }} />
              ))}
          </div>
          <dl className="spent">
            <div>
              <dt>
                <span className="swatch spent-best" aria-hidden="true" />
                {words.best}
              </dt>
              <dd>{formatShare(spent.best)}</dd>
            </div>
            <div>
              <dt>
                <span className="swatch spent-explored" aria-hidden="true" />
                <Definition of={{ means: definitions.exploration }}>{words.explored}</Definition>
              </dt>
              <dd>
                {formatShare(spent.explored)}
                {report?.exploration.cost != null && (
                  <span className="cell-detail">{costWords(report.exploration.cost)}</span>
                )}
              </dd>
            </div>
            <div>
              <dt>
                <span className="swatch spent-held" aria-hidden="true" />
                {words.held}
              </dt>
              <dd>
                {formatShare(spent.held)}
                <span className="cell-detail">{words.get(controlWords(policy, control))}</span>
              </dd>
            </div>
          </dl>
        </>
      )}
      <ul className="settings">
        <li>
          <span>
            <Definition of={{ means: definitions.floor }}>{words.floor}</Definition>{' '}
            <b>{formatShare(floor)}</b>{' '}
            {offered > 0 && (
              <span className="muted">
                {floor === 0 ? words.noFloor : words.each(formatShare(floor / offered))}
              </span>
            )}
          </span>
          {isEditable && (
            <Needs everywhere>
              <button
                type="button"
                className="button small"
                aria-label={words.changeFloor}
                onClick={() => onAsk({ kind: 'floor' })}
              >
                {words.change}
              </button>
            </Needs>
          )}
        </li>
        <li>
          <span>
            <Definition of={{ means: definitions.holdout }}>{words.holdout}</Definition>{' '}
            <b>{formatShare(holdout)}</b>
          </span>
          {isEditable && (
            <Needs everywhere>
              <button
                type="button"
                className="button small"
                aria-label={words.changeHoldout}
                onClick={() => onAsk({ kind: 'holdout' })}
              >
                {words.change}
              </button>
            </Needs>
          )}
        </li>
        <li>
          <span>
            {words.control} <b>{controlWords(policy, control)}</b>
          </span>
          {isEditable && control !== null && (
            <Needs everywhere>
              <button
                type="button"
                className="button small"
                aria-label={words.controlToChance}
                onClick={() => onAsk({ kind: 'control', control: null })}
              >
                {words.toChance}
              </button>
            </Needs>
          )}
        </li>
      </ul>
    </div>
  );
}

/** Shares of all decisions; undefined without any. */
function spentOf({ worth: { policy, control }, exploration }: PolicyReport) {
  const [learnt, heldOut] = [policy.decisions ?? 0, control.decisions ?? 0];
  const all = learnt + heldOut;
  if (all === 0 || exploration.share === null) return undefined;
  const held = heldOut / all;
  const explored = (1 - held) * exploration.share;
  return { held, explored, best: 1 - held - explored };
}
