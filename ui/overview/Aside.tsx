/** Beside the first chart: what to do, and beneath it what is unusual right now. */
import { InboxPreview } from '../recommendations/InboxPreview.tsx';
import { Attention } from './Attention.tsx';

export function Aside() {
  return (
    <div className="overview-aside">
      <InboxPreview />
      <Attention />
    </div>
  );
}
