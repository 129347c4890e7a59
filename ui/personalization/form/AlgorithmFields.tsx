/** The algorithm and its learner, with the parameters that the engine says they have. */
import { NativeSelect } from '@mantine/core';
import type { AlgorithmsAnswer } from '../../../contracts/policyApi.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { form as words } from '../../words/policyForm.ts';
import { ParameterFields } from './ParameterFields.tsx';
import type { PartProps } from './part.ts';

interface Props extends PartProps {
  readonly known: AlgorithmsAnswer;
}

export function AlgorithmFields({ draft, problems, change, known }: Props) {
  const algorithm = known.algorithms.find(({ name }) => name === draft.algorithm);
  const learners = algorithm?.learners ?? [];
  const [usual] = learners;
  const learner = known.learners.find(({ name }) => name === (draft.learner || usual));
  return (
    <FormPart title={words.algorithm} text={words.algorithmText}>
      <NativeSelect
        label={words.algorithmName}
        description={algorithm?.summary}
        data={known.algorithms.map(({ name }) => name)}
        value={draft.algorithm}
        // Another has other parameters and other learners.
        onChange={({ currentTarget: { value } }) =>
          change({ algorithm: value, parameters: {}, learner: '', learnerParameters: {} })
        }
      />
      {algorithm !== undefined && (
        <>
          <ParameterFields
            described={algorithm.parameters}
            values={draft.parameters}
            at="algorithm.parameters"
            problems={problems}
            onChange={(parameters) => change({ parameters })}
          />
          <p className="muted">{words.source(algorithm.source)}</p>
        </>
      )}
      {usual !== undefined && learner !== undefined && (
        <>
          <NativeSelect
            label={words.learner}
            description={learner.summary}
            data={learners.map((name) => ({
              value: name === usual ? '' : name,
              label: name === usual ? words.learnerUsual(name) : name,
            }))}
            value={draft.learner === usual ? '' : draft.learner}
            onChange={({ currentTarget: { value } }) =>
              change({ learner: value, learnerParameters: {} })
            }
          />
          <details
            className="payload"
            open={Object.keys(draft.learnerParameters).length > 0 || undefined}
          >
            <summary>{words.learnerParameters}</summary>
            <ParameterFields
              described={learner.parameters}
              values={draft.learnerParameters}
              at="algorithm.learner.parameters"
              problems={problems}
              onChange={(learnerParameters) => change({ learnerParameters })}
            />
          </details>
        </>
      )}
      <FieldNotes
        fields={['algorithm']}
        problems={problems.filter(({ field }) => !isShown(field, algorithm, learner))}
      />
    </FormPart>
  );
}

/** Whether a problem stands beside its parameter. */
function isShown(
  field: string,
  ...described: (AlgorithmsAnswer['learners' | 'algorithms'][number] | undefined)[]
): boolean {
  const name = /\.parameters\.([^.]+)/.exec(field)?.[1];
  return described.some((each) => each?.parameters.some((parameter) => parameter.name === name));
}
