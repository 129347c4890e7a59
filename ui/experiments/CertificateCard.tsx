/** The certificate: the counts and the evidence as a file that a stranger can check without the engine. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { Command } from '../parts/Command.tsx';
import { Definition } from '../parts/Definition.tsx';
import { definitions, certificate as words } from '../words/experiments.ts';
import { certificatePath } from './queries.ts';

interface Props {
  detail: ExperimentDetail;
  result: ExperimentResult;
}

export function CertificateCard({ detail, result }: Props) {
  const { key } = detail.experiment;
  return (
    <div className="card stack">
      <h3>
        <Definition of={{ means: definitions.certificate }}>{words.title}</Definition>
      </h3>
      <p className="muted">{words.text}</p>
      <p>
        <a className="button" href={certificatePath(key)} download={`${key}.certificate.json`}>
          {words.download}
        </a>
      </p>
      <Command text={words.command(`${key}.certificate.json`)} />
      <p className="muted clipped" title={result.design}>
        {words.design} <code>{result.design.slice(0, 16)}</code>
      </p>
    </div>
  );
}
