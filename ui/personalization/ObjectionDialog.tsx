/** Asks before an objection is told or taken back: says what follows from it. */

import { useQueryClient } from '@tanstack/react-query';
import { type ObjectionKind, objectionKinds } from '../../contracts/objection.ts';
import type { ObjectionReceipt } from '../../contracts/objectionApi.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { objection as words } from '../words/person.ts';
import { fieldName } from '../words/personalization.ts';
import { changeObjection } from './queries.ts';

interface Props {
  user: string;
  before: readonly ObjectionKind[];
  to: readonly ObjectionKind[];
  onDone(receipt: ObjectionReceipt): void;
  onClose(): void;
}

export function ObjectionDialog({ user, before, to, onDone, onClose }: Props) {
  const queries = useQueryClient();
  const added = objectionKinds.filter((kind) => to.includes(kind) && !before.includes(kind));
  const back = objectionKinds.filter((kind) => before.includes(kind) && !to.includes(kind));
  return (
    <ReasonDialog
      title={added.length > 0 ? words.asks(user, added) : words.asksBack(user, back)}
      confirm={added.length > 0 ? words.confirm : words.confirmBack}
      consequences={[
        ...added.map((kind) => words.follows[kind]),
        ...back.map((kind) => words.followsBack[kind]),
      ]}
      needs="administer"
      queryKey="users"
      nameOf={fieldName}
      run={(reason) => changeObjection(user, to, reason)}
      onDone={(receipt) => {
        // What a policy gives them now is another answer.
        void queries.invalidateQueries({ queryKey: ['policies', 'explain'] });
        onDone(receipt);
      }}
      onClose={onClose}
    />
  );
}
