/** Whether the record is whole, and what to write down so that a later check can tell more. */
import { useMutation } from '@tanstack/react-query';
import { formatCount } from '../format/numbers.ts';
import { Command } from '../parts/Command.tsx';
import { Problem } from '../parts/Problem.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { audit as words } from '../words/settings.ts';
import { checkAudit } from './queries.ts';

export function AuditCheckCard() {
  const check = useMutation({ mutationFn: checkAudit });
  const { data } = check;
  return (
    <div className="card stack">
      <div>
        <button
          type="button"
          className="button"
          disabled={check.isPending}
          onClick={() => check.mutate()}
        >
          {check.isPending ? words.checking : words.check}
        </button>
      </div>
      <div role="status" className="stack">
        {data !== undefined && (
          <>
            <p>
              <StateWord tone={data.broken.length === 0 ? 'good' : 'bad'}>
                {data.sentence}
              </StateWord>
            </p>
            <p className="muted">{words.counted(formatCount(data.entries), data.chains)}</p>
            {data.broken.map(({ chain, number, sentence }) => (
              <p key={`${chain} ${number}`} className="notice bad">
                <b>{words.broken(chain, number)}</b>: {sentence}
              </p>
            ))}
            <div>
              <p className="field-label">{words.heads}</p>
              <p className="muted">{words.headsText}</p>
              <Command text={data.heads} label={words.heads} />
            </div>
          </>
        )}
      </div>
      {check.isError && <Problem error={check.error} onRetry={() => check.mutate()} />}
    </div>
  );
}
