/** One version: what it was made of, what was found of it, whether it passed its gates, and what can be done with it. */

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { ModelLife, VersionDetail } from '../../contracts/modelLifeApi.ts';
import { ApiProblem } from '../data/client.ts';
import { keepView } from '../data/search.ts';
import { useMay } from '../data/useMay.ts';
import { Needs } from '../parts/Needs.tsx';
import '../definitions/definitions.css';
import { Absent } from '../parts/Absent.tsx';
import { Headline } from '../parts/Headline.tsx';
import { NotAllowed } from '../parts/NotAllowed.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { CardSection } from './CardSection.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { GatesSection } from './GatesSection.tsx';
import { candidatesOf, releasable, roleOf, versionSentence } from './lifeOf.ts';
import { MadeOf } from './MadeOf.tsx';
import { NoModel } from './NoModel.tsx';
import { lifeQuery, versionQuery } from './queries.ts';
import { ReleaseDialog } from './ReleaseDialog.tsx';
import { RollbackDialog } from './RollbackDialog.tsx';
import { GatesWord } from './VersionsSection.tsx';
import './versions.css';
import { words as common, kindWords, detail as words } from '../words/versions.ts';

export function VersionPage() {
  const { model, version } = useParams({ from: '/models/$model/versions/$version' });
  const life = useQuery(lifeQuery(model));
  // Its card quotes single predictions.
  const mayLook = useMay('people');
  const detail = useQuery({ ...versionQuery(model, version), enabled: mayLook });
  if (isAbsent(life.error)) return <NoModel />;
  if (!mayLook) return <NotAllowed permission="people" page={common.of(model)} />;
  if (isAbsent(detail.error)) return <NoVersion model={model} />;
  if (life.data === undefined || detail.data === undefined) {
    return <Waiting answers={[life, detail]} height={480} />;
  }
  return (
    <Version
      key={`${model} ${version}`}
      life={life.data}
      detail={detail.data}
      now={life.dataUpdatedAt}
    />
  );
}

function isAbsent(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

function NoVersion({ model }: { model: string }) {
  return (
    <Absent page={common.of(model)} title={words.absent} text={words.absentText}>
      <Link to="/models/$model/versions" params={{ model }} search={keepView} className="button">
        {words.backToList}
      </Link>
    </Absent>
  );
}

interface Props {
  life: ModelLife;
  detail: VersionDetail;
  now: number;
}

function Version({ life, detail, now }: Props) {
  const [asked, setAsked] = useState<'rollback' | 'release' | 'delete'>();
  const close = () => setAsked(undefined);
  const { model, version, kind, gates } = detail.version;
  const listed = life.versions.find((each) => each.version === version);
  const said = listed && versionSentence(listed, life, now);
  const role = listed && roleOf(listed, life);
  return (
    <>
      <div className="page-head">
        <Headline page={<Path model={model} version={version} />} tone={said?.tone ?? 'none'}>
          {said?.word ?? words.version(version)}
        </Headline>
        <div className="actions">
          {version !== life.champion && (
            <Link
              to="/models/$model/versions"
              params={{ model }}
              search={(search) => ({ ...keepView(search), version, against: life.champion })}
              className="button"
            >
              {words.compare}
            </Link>
          )}
          {listed !== undefined && listed.roles.length === 0 && !listed.deleted && (
            <Needs everywhere>
              <button type="button" className="button danger" onClick={() => setAsked('delete')}>
                {words.remove}
              </button>
            </Needs>
          )}
          {candidatesOf(life).some((each) => each.version === version) && (
            <Needs everywhere>
              <button type="button" className="button" onClick={() => setAsked('rollback')}>
                {words.rollback}
              </button>
            </Needs>
          )}
          {life.release === null && releasable(life).some((each) => each.version === version) && (
            <Needs everywhere>
              <button type="button" className="button primary" onClick={() => setAsked('release')}>
                {words.release}
              </button>
            </Needs>
          )}
        </div>
      </div>
      <p className="standing">
        {role !== undefined && <StateWord tone={role.tone}>{role.word}</StateWord>}
        <span>{kindWords[kind]}</span>
        <span>
          {words.gates}: <GatesWord passed={gates === null ? null : gates.passed} />
        </span>
      </p>
      <MadeOf detail={detail} />
      <GatesSection report={gates} />
      {detail.card !== '' && <CardSection model={model} version={version} card={detail.card} />}
      {asked === 'rollback' && <RollbackDialog life={life} initial={version} onClose={close} />}
      {asked === 'release' && <ReleaseDialog life={life} initial={version} onClose={close} />}
      {asked === 'delete' && <DeleteDialog model={model} version={version} onClose={close} />}
    </>
  );
}

function Path({ model, version }: { model: string; version: string }): ReactNode {
  return (
    <>
      <Link to="/models" search={keepView}>
        {common.models}
      </Link>
      <span aria-hidden="true"> / </span>
      <Link to="/models/$model/versions" params={{ model }} search={keepView}>
        {common.of(model)}
      </Link>
      <span aria-hidden="true"> / </span>
      {version}
    </>
  );
}
