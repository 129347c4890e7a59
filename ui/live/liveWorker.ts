/** The script of the worker that all tabs share: it has the one line, and each tab that is seen listens to it through its port. */
import { liveHub } from './liveHub.ts';
import { openLiveLine } from './liveLine.ts';
import { postingTo, type TabWord } from './liveWords.ts';

const hub = liveHub(openLiveLine);

/** The library of types for pages does not know the scope of such a worker. */
const scope = self as unknown as {
  onconnect: (event: { readonly ports: readonly MessagePort[] }) => void;
};

scope.onconnect = ({ ports }) => {
  for (const port of ports) {
    let leave: (() => void) | undefined;
    port.onmessage = ({ data }: MessageEvent<TabWord>) => {
      leave?.();
      leave = data === 'open' ? hub.join(postingTo((word) => port.postMessage(word))) : undefined;
    };
  }
};
