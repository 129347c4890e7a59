/** What serves, since when, what comes next? Versions of a model, who served when, the release under way, and the way back. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { ApiProblem } from '../data/client.ts';
import '../definitions/definitions.css';
import '../overview/overview.css';
import { Waiting } from '../parts/Waiting.tsx';
import { SubjectNotice } from '../recommendations/SubjectNotice.tsx';
import { CompareSection } from './CompareSection.tsx';
import { LifeHead } from './LifeHead.tsx';
import { NoModel } from './NoModel.tsx';
import { lifeQuery } from './queries.ts';
import { ReleaseDialog } from './ReleaseDialog.tsx';
import { ReleaseSection } from './ReleaseSection.tsx';
import { ReleasesSection } from './ReleasesSection.tsx';
import { RollbackDialog } from './RollbackDialog.tsx';
import { ServingBar } from './ServingBar.tsx';
import { TrafficSection } from './TrafficSection.tsx';
import { VersionsSection } from './VersionsSection.tsx';
import './versions.css';

export function VersionsPage() {
  const { model } = useParams({ from: '/models/$model/versions' });
  const answer = useQuery(lifeQuery(model));
  if (answer.data !== undefined) {
    return <Versions key={model} life={answer.data} now={answer.dataUpdatedAt} />;
  }
  if (answer.error instanceof ApiProblem && answer.error.status === 404) return <NoModel />;
  return <Waiting answers={[answer]} height={480} />;
}

interface Props {
  life: ModelLife;
  /** When the engine said so, ms since 1970. */
  now: number;
}

function Versions({ life, now }: Props) {
  const [asked, setAsked] = useState<'rollback' | 'release'>();
  const close = () => setAsked(undefined);
  return (
    <>
      <LifeHead life={life} />
      <SubjectNotice kind="model" of={life.model} />
      <TrafficSection life={life} now={now} />
      <ReleaseSection life={life} onRelease={() => setAsked('release')} />
      <VersionsSection life={life} now={now} />
      <CompareSection life={life} />
      {life.releases.length > 0 && <ReleasesSection releases={life.releases} />}
      <ServingBar life={life} onAsk={setAsked} />
      {asked === 'rollback' && <RollbackDialog life={life} onClose={close} />}
      {asked === 'release' && <ReleaseDialog life={life} onClose={close} />}
    </>
  );
}
