/** In the place of what is not told of the place that is looked at: why, and what to do. Nothing is wrong. */
import { ApiProblem } from '../data/client.ts';
import { ownPlaces } from '../data/place.ts';
import { useSession } from '../data/session.ts';
import { useView } from '../data/useView.ts';
import { beyond as words } from '../words/places.ts';
import { Empty } from './Empty.tsx';

export function Beyond({ error }: { error: unknown }) {
  const { change } = useView();
  const isConfined = ownPlaces(useSession().session?.principal?.scope) !== undefined;
  const isOfMetric = error instanceof ApiProblem && error.code === 'NOT_BY_PLACE';
  return (
    <Empty title={isOfMetric ? words.metricTitle : words.engineTitle}>
      <p className="muted">{isOfMetric ? words.metric : words.engine}</p>
      {isConfined ? (
        <p className="muted">{words.ask}</p>
      ) : (
        <button type="button" className="text-button" onClick={() => change({ place: undefined })}>
          {words.show}
        </button>
      )}
    </Empty>
  );
}
