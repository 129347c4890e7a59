/** By which ways alerts are told, each with a test. */

import { useMutation, useQuery } from '@tanstack/react-query';
import type { AlertRoute } from '../../../contracts/watch.ts';
import type { DefinedRoute, WatchStanding } from '../../../contracts/watchApi.ts';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import type { Column } from '../../parts/DataTable.tsx';
import { Needs } from '../../parts/Needs.tsx';
import { StateWord } from '../../parts/StateWord.tsx';
import { routes as words } from '../../words/watchSettings.ts';
import { DefinedSection } from './DefinedSection.tsx';
import { routesQuery, testRoute } from './queries.ts';
import { RouteDialog } from './RouteDialog.tsx';

interface Props {
  watches: readonly WatchStanding[];
  onDone(done: Undoable): void;
}

export function RoutesSection({ watches, onDone }: Props) {
  const answer = useQuery(routesQuery);
  const usesOf = (key: string) =>
    watches.filter(({ watch }) => watch.definition.routes.includes(key)).length;
  return (
    <DefinedSection
      words={words}
      answer={answer}
      rows={answer.data?.routes}
      columns={columnsOf(usesOf)}
      needs="administer"
      dialog={(base, onClose) => <RouteDialog base={base} onDone={onDone} onClose={onClose} />}
    />
  );
}

/** @example toWords({ kind: 'email', to: ['a@example.org'] }); // 'e-mail to a@example.org' */
export function toWords(to: AlertRoute['to']): string {
  switch (to.kind) {
    case 'webhook': {
      const signed = to.secretVariable === undefined ? '' : words.signed(to.secretVariable);
      return `${words.webhook(to.url)}${signed}`;
    }
    case 'email':
      return words.email(to.to.join(', '));
    case 'chat':
      return words.chat(to.urlVariable);
  }
}

function columnsOf(usesOf: (key: string) => number): readonly Column<DefinedRoute>[] {
  return [
    {
      label: words.to,
      cell: ({ definition }) => <span className="long-cell">{toWords(definition.to)}</span>,
    },
    {
      label: words.least,
      minor: true,
      cell: ({ definition }) => words.leastNames[definition.least],
    },
    {
      label: words.used,
      number: true,
      minor: true,
      cell: ({ definition }) => usesOf(definition.key),
    },
    {
      label: words.on,
      minor: true,
      cell: ({ definition }) => (
        <StateWord tone={definition.isActive ? 'good' : 'none'}>
          {definition.isActive ? words.onWord : words.offWord}
        </StateWord>
      ),
    },
    {
      label: words.doing,
      cell: (route) => <TestButton route={route} />,
    },
  ];
}

/** What came of it stands beneath the button, until the next. */
function TestButton({ route: { definition } }: { route: DefinedRoute }) {
  const test = useMutation({ mutationFn: () => testRoute(definition.key) });
  const problem = test.error?.message ?? test.data?.problem;
  return (
    <span className="actions route-actions">
      <Needs>
        <button
          type="button"
          className="button small"
          aria-label={words.testOf(definition.name)}
          disabled={test.isPending}
          onClick={() => test.mutate()}
        >
          {test.isPending ? words.testing : words.test}
        </button>
      </Needs>
      <span role="status" className="test-outcome">
        {test.isSuccess && test.data.outcome === 'sent' && (
          <StateWord tone="good">{words.sent}</StateWord>
        )}
        {problem != null && <StateWord tone="bad">{words.failed(problem)}</StateWord>}
      </span>
    </span>
  );
}
