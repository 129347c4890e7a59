/** What else was found about the same subject, folded beneath what leads the card. */
import { useState } from 'react';
import type { Card, Finding } from '../../contracts/insight.ts';
import { LongText } from '../parts/LongText.tsx';
import { card as words } from '../words/recommendations.ts';
import { FindingAction } from './FindingAction.tsx';
import { FindingBody } from './Findings.tsx';
import { kindName } from './kindName.ts';
import type { Desk } from './useDesk.tsx';

interface Props {
  card: Card;
  desk: Desk;
  /** Of their titles. */
  level: 'h2' | 'h4';
}

export function OtherFindings({ card, desk, level }: Props) {
  const { others } = card;
  if (others.length === 0) return null;
  return (
    <details className="recommendation-fold">
      <summary>{words.others(others.length)}</summary>
      <ul className="other-findings">
        {others.map((finding) => (
          <Other key={finding.kind} card={card} finding={finding} desk={desk} level={level} />
        ))}
      </ul>
    </details>
  );
}

/** Its picture is drawn when it is asked for: there may be twenty. */
function Other({ card, finding, desk, level: Title }: Props & { finding: Finding }) {
  const [isOpen, setOpen] = useState(false);
  const inner = Title === 'h2' ? 'h4' : 'h5';
  return (
    <li className="stack">
      <div>
        <p className="eyebrow">{kindName(finding.kind)}</p>
        <Title>
          <LongText text={finding.changed} most={280} />
        </Title>
      </div>
      <FindingAction card={card} finding={finding} desk={desk} />
      <button
        type="button"
        className="text-button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? words.less : words.more}
      </button>
      {isOpen && <FindingBody finding={finding} level={inner} />}
    </li>
  );
}
