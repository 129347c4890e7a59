/** The newest reading and the worst, how long it lasts, and who takes care. */
import type { Alert, JudgedReading } from '../../contracts/alert.ts';
import { formatValue, missing } from '../format/numbers.ts';
import { formatMoment } from '../format/times.ts';
import { Tile } from '../parts/Tile.tsx';
import { definitions, detail as words } from '../words/anomalies.ts';
import { isOpen } from './incidents.ts';
import { lastingWords } from './lasting.ts';
import { expectedWords, readingStanding } from './readingWords.ts';

const plain = { tone: 'none', word: '' } as const;

export function DetailTiles({ alert, newest }: { alert: Alert; newest: number }) {
  const { latest, worst, owner, acknowledgedAt, firedAt, noticedAt } = alert;
  const open = isOpen(alert);
  return (
    <ul className="tiles narrow four">
      <ReadingTile
        name={open ? words.now : words.atEnd}
        definition={definitions.now}
        reading={latest}
      />
      <ReadingTile name={words.worst} definition={definitions.worst} reading={worst} />
      <Tile
        name={words.lasting}
        definition={{ means: definitions.lasting }}
        figure={lastingWords(alert, newest)}
        judgement={{ tone: 'none', word: words.noticed(formatMoment(noticedAt, newest)) }}
        note={firedAt === null ? words.notTold : words.told(formatMoment(firedAt, newest))}
      />
      <Tile
        name={words.owner}
        definition={{ means: definitions.owner }}
        figure={owner ? owner : missing}
        judgement={owner || !open ? plain : { tone: 'attention', word: words.nobody }}
        note={
          owner && acknowledgedAt !== null ? words.seen(formatMoment(acknowledgedAt, newest)) : ''
        }
      />
    </ul>
  );
}

interface Props {
  name: string;
  definition: string;
  reading: JudgedReading | null;
}

function ReadingTile({ name, definition, reading }: Props) {
  return (
    <Tile
      name={name}
      definition={{ means: definition }}
      figure={reading?.value == null ? missing : formatValue(reading.value)}
      judgement={readingStanding(reading)}
      note={reading === null ? '' : expectedWords(reading)}
    />
  );
}
