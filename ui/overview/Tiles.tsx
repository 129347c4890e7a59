/** The four figures that answer: does it help, is it right, does it learn, is it well? */
import { lazy, Suspense } from 'react';
import type { Health, MetricsAnswer, ModelDetail } from '../../contracts/api.ts';
import { Tile } from '../parts/Tile.tsx';
import { messages } from '../words/shell.ts';
import { AccuracyTile } from './AccuracyTile.tsx';
import { FeedbackTile } from './FeedbackTile.tsx';
import { HealthTile } from './HealthTile.tsx';
import { MetricTile } from './MetricTile.tsx';
import type { PolicyEffect } from './usePolicyEffect.ts';

const words = messages.tiles;

const PolicyTile = lazy(async () => ({ default: (await import('./PolicyTile.tsx')).PolicyTile }));

interface Props {
  /** undefined: on its way; null: there is none. */
  effect: PolicyEffect | null | undefined;
  metric: MetricsAnswer['metrics'][number] | undefined;
  health: Health | undefined;
  /** The engine was asked how it is and did not say. */
  unanswered: boolean;
  model: ModelDetail | undefined;
  /** No model is known, as opposed to not yet loaded. */
  modelless: boolean;
  /** The model in the range before, while the reader compares. */
  before: ModelDetail | undefined;
}

export function Tiles({ effect, metric, health, unanswered, model, modelless, before }: Props) {
  return (
    <ul className="tiles" aria-label={words.label}>
      {effect === null ? (
        <MetricTile metric={metric} />
      ) : (
        <Suspense fallback={<EffectWaiting />}>
          {effect === undefined ? <EffectWaiting /> : <PolicyTile effect={effect} />}
        </Suspense>
      )}
      <AccuracyTile model={model} modelless={modelless} before={before} />
      <FeedbackTile model={model} modelless={modelless} before={before} />
      <HealthTile health={health} unanswered={unanswered} />
    </ul>
  );
}

function EffectWaiting() {
  return (
    <Tile
      name={words.effect}
      definition="mean"
      figure={undefined}
      judgement={{ tone: 'none', word: '' }}
      note=""
      course={[]}
    />
  );
}
