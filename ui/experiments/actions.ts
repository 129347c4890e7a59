/** What can be done with an experiment in its state; what the verdict suggests stands last and is filled. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { detail as words } from '../words/experiments.ts';
import type { MoveAsked } from './moveAsked.ts';

interface Action {
  readonly asked: MoveAsked;
  readonly label: string;
  readonly look?: 'primary' | 'danger';
}

export function actionsOf({ experiment, result }: ExperimentDetail): {
  readonly moves: readonly Action[];
  readonly editable: boolean;
} {
  const { state } = experiment;
  const verdict = result?.verdict;
  const isShipping = verdict?.word === 'ship';
  const end: Action = isShipping
    ? {
        asked: { move: 'stop', decision: 'ship', variant: verdict.variant },
        label: words.ship,
        look: 'primary',
      }
    : {
        asked: {
          move: 'stop',
          decision: verdict?.word === 'invalid' ? 'invalid' : 'stop',
          variant: null,
        },
        label: words.stop,
        ...(verdict?.word === 'stop' || verdict?.word === 'invalid'
          ? { look: 'danger' as const }
          : {}),
      };
  switch (state) {
    case 'draft':
      return {
        editable: true,
        moves: [
          { asked: { move: 'archive' }, label: words.archive },
          { asked: { move: 'start' }, label: words.start, look: 'primary' },
        ],
      };
    case 'running':
      return { editable: true, moves: [{ asked: { move: 'pause' }, label: words.pause }, end] };
    case 'paused': {
      const resume: Action = { asked: { move: 'resume' }, label: words.resume };
      return {
        editable: true,
        moves:
          verdict === undefined || verdict.word === 'keep running'
            ? [end, { ...resume, look: 'primary' }]
            : [resume, end],
      };
    }
    case 'stopped':
      return { editable: false, moves: [{ asked: { move: 'archive' }, label: words.archive }] };
    case 'archived':
      return { editable: false, moves: [] };
  }
}
