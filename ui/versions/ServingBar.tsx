/** Always in view: what serves now, and the way back. */

import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { formatShare } from '../format/numbers.ts';
import { Needs } from '../parts/Needs.tsx';
import { head as words } from '../words/versions.ts';
import { candidatesOf, releasable } from './lifeOf.ts';

interface Props {
  life: ModelLife;
  onAsk(asked: 'rollback' | 'release'): void;
}

export function ServingBar({ life, onAsk }: Props) {
  const shares = (life.served.at(-1)?.shares ?? [])
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share);
  const canGoBack = candidatesOf(life).length > 0;
  return (
    <section className="serving-bar" aria-label={words.bar}>
      <p>
        {shares.map(({ version, share }) => (
          <span key={version}>{words.serves(version, formatShare(share))}</span>
        ))}
        {!canGoBack && <span className="muted">{words.onlyOne}</span>}
      </p>
      <div className="actions">
        {life.release === null && releasable(life).length > 0 && (
          <Needs everywhere>
            <button type="button" className="button bar-release" onClick={() => onAsk('release')}>
              {words.release}
            </button>
          </Needs>
        )}
        <Needs everywhere>
          <button
            type="button"
            className="button danger"
            disabled={!canGoBack}
            onClick={() => onAsk('rollback')}
          >
            {words.rollback}
          </button>
        </Needs>
      </div>
    </section>
  );
}
