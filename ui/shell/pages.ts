/** The pages of the rail, in its order. */

import {
  AnomaliesIcon,
  DriftIcon,
  ExperimentsIcon,
  ModelsIcon,
  OverviewIcon,
  PersonalizationIcon,
  PipelinesIcon,
  RecommendationsIcon,
  RetrainingIcon,
  SettingsIcon,
} from '../parts/Icons.tsx';
import { messages } from '../words/shell.ts';

const names = messages.pages;

/** Each with its command, and the keys that give it. */
export const pages = [
  { command: 'overview', to: '/', label: names.overview, keys: 'g o', Icon: OverviewIcon },
  {
    command: 'recommendations',
    to: '/recommendations',
    label: names.recommendations,
    keys: 'g r',
    Icon: RecommendationsIcon,
  },
  { command: 'models', to: '/models', label: names.models, keys: 'g m', Icon: ModelsIcon },
  {
    command: 'experiments',
    to: '/experiments',
    label: names.experiments,
    keys: 'g e',
    Icon: ExperimentsIcon,
  },
  {
    command: 'personalization',
    to: '/personalization',
    label: names.personalization,
    keys: 'g u',
    Icon: PersonalizationIcon,
  },
  {
    command: 'anomalies',
    to: '/anomalies',
    label: names.anomalies,
    keys: 'g a',
    Icon: AnomaliesIcon,
  },
  { command: 'drift', to: '/drift', label: names.drift, keys: 'g d', Icon: DriftIcon },
  {
    command: 'retraining',
    to: '/retraining',
    label: names.retraining,
    keys: 'g t',
    Icon: RetrainingIcon,
  },
  {
    command: 'pipelines',
    to: '/pipelines',
    label: names.pipelines,
    keys: 'g p',
    Icon: PipelinesIcon,
  },
  { command: 'settings', to: '/settings', label: names.settings, keys: 'g s', Icon: SettingsIcon },
] as const;
