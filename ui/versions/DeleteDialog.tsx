/** Asks before the file of a version is deleted. */
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { dialogs } from '../words/versions.ts';
import { removeVersion } from './queries.ts';

const words = dialogs.remove;

interface Props {
  model: string;
  version: string;
  onClose(): void;
}

export function DeleteDialog({ model, version, onClose }: Props) {
  return (
    <ReasonDialog
      title={words.title(version)}
      confirm={words.confirm}
      consequences={[words.effect, words.final]}
      danger
      queryKey="model-lives"
      nameOf={() => undefined}
      run={(reason) => removeVersion(model, version, reason)}
      onClose={onClose}
    />
  );
}
