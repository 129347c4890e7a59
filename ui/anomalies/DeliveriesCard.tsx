/** Where the alert was told, and whether that was possible. */
import type { AlertDetail } from '../../contracts/watchApi.ts';
import type { Tone } from '../format/judgements.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { detail as words } from '../words/anomalies.ts';

type Delivery = AlertDetail['deliveries'][number];

const tones: Record<Delivery['outcome'], Tone> = {
  sent: 'good',
  waiting: 'attention',
  'given up': 'bad',
};

const columns: readonly Column<Delivery>[] = [
  { label: words.route, head: true, cell: ({ route }) => route },
  { label: words.what, cell: ({ what }) => words.whats[what] },
  {
    label: words.outcome,
    cell: ({ outcome, problem }) => (
      <>
        <StateWord tone={tones[outcome]}>{words.outcomes[outcome]}</StateWord>
        {problem !== null && <span className="cell-detail">{problem}</span>}
      </>
    ),
  },
  { label: words.attempts, number: true, cell: ({ attempts }) => attempts },
  { label: words.when, number: true, minor: true, cell: ({ at }) => formatInstant(at) },
];

interface Props {
  detail: AlertDetail;
  /** Whether its watch has any. */
  hasRoutes: boolean;
}

export function DeliveriesCard({ detail: { deliveries }, hasRoutes }: Props) {
  return (
    <Section title={words.deliveries}>
      {deliveries.length === 0 ? (
        <p className="card muted">{hasRoutes ? words.noDeliveries : words.noRoutes}</p>
      ) : (
        <div className="card flush">
          <DataTable
            label={words.deliveries}
            columns={columns}
            rows={deliveries}
            keyOf={({ route, what }) => `${route} ${what}`}
          />
        </div>
      )}
    </Section>
  );
}
