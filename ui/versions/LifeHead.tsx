/** Where the model stands, in the engine's words, and the ways from here. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { modelsQuery } from '../data/queries.ts';
import { keepView } from '../data/search.ts';
import { Headline } from '../parts/Headline.tsx';
import { words as common, head as words } from '../words/versions.ts';

export function LifeHead({ life }: { life: ModelLife }) {
  const { model, sentence, champion, versions, release, revision } = life;
  const own = useQuery(modelsQuery);
  const pipeline = own.data?.models.find(({ name }) => name === model)?.pipeline;
  const tone =
    release === null ? 'good' : release.awaits !== null || release.paused ? 'attention' : 'good';
  return (
    <>
      <div className="page-head">
        <Headline
          page={
            <>
              <Link to="/models" search={keepView}>
                {common.models}
              </Link>
              <span aria-hidden="true"> / </span>
              {common.of(model)}
            </>
          }
          tone={tone}
        >
          {sentence}
        </Headline>
        <div className="actions">
          {pipeline !== undefined && (
            <Link
              to="/models/$pipeline/$model"
              params={{ pipeline, model }}
              search={keepView}
              className="button"
            >
              {words.quality}
            </Link>
          )}
          <Link
            to="/retraining"
            search={(search) => ({ ...keepView(search), model })}
            className="button"
          >
            {words.train}
          </Link>
          <Link
            to="/models/$model/versions/plan"
            params={{ model }}
            search={keepView}
            className="button"
          >
            {words.plan}
          </Link>
        </div>
      </div>
      <p className="standing">
        <span>{words.champion(champion)}</span>
        <span>{words.versions(versions.length)}</span>
        <span>{words.revision(revision)}</span>
      </p>
    </>
  );
}
