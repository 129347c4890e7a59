/** Instead of every page: the engine no longer knows who asks. */
import { messages } from '../messages.ts';
import { Empty } from '../parts/Empty.tsx';

const words = messages.signedOut;

export function SignedOut() {
  return (
    <div className="card signed-out" role="alert">
      <Empty title={words.title}>
        <p className="muted">{words.text}</p>
        <button type="button" className="text-button" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </Empty>
    </div>
  );
}
