/** Says that the connection is lost, for how long, and that what is shown is old. */
import { formatAgo } from '../format/times.ts';
import { useLive } from '../live/LiveProvider.tsx';
import { useNow } from '../live/useNow.ts';
import { messages } from '../words/shell.ts';

const words = messages.live;

/** @param failure why a refresh failed although the stream goes on */
export function LiveBanner({ failure }: { failure: Error | undefined }) {
  const { state } = useLive();
  const now = useNow();
  if (state.phase !== 'lost' && failure === undefined) return null;
  const refresh = words.refreshBanner(failure?.message ?? '');
  const lost =
    state.tick === null ? words.neverBanner : words.lostBanner(formatAgo(state.heardAt, now));
  return (
    <>
      {/* Spoken once, not every second. */}
      <p className="visually-hidden" role="status">
        {state.phase === 'lost' ? words.lostAnnouncement : refresh}
      </p>
      <div className="live-banner" aria-hidden="true">
        {state.phase === 'lost' ? lost : refresh}
      </div>
    </>
  );
}
