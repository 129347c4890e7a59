/** The name of a model, which leads to its page. One without a name cannot be asked for. */
import { Link } from '@tanstack/react-router';
import { keepView } from '../data/search.ts';
import { words } from '../words/models.ts';

interface Props {
  pipeline: string;
  model: string;
  version?: string;
}

export function ModelLink({ pipeline, model, version }: Props) {
  if (model === '') return <span className="muted">{words.unnamed}</span>;
  return (
    <Link
      to="/models/$pipeline/$model"
      params={{ pipeline, model }}
      search={(search) => ({ ...keepView(search), version })}
    >
      {model}
    </Link>
  );
}
