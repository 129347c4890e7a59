/** How many recommendations wait in the inbox, beside the name of their page. */
import { useOpenInsights } from '../data/openInsights.ts';
import { messages } from '../words/shell.ts';

export function OpenRecommendations() {
  const { cards = [], more = false } = useOpenInsights().data ?? {};
  const live = cards.filter(({ state }) => state === 'live').length;
  if (live === 0) return null;
  const count = `${live}${more ? '+' : ''}`;
  return (
    <span className="rail-count">
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{messages.pages.recommended(count)}</span>
    </span>
  );
}
