/** Saves a policy, and says before what that would mean. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { PolicyDetail } from '../../../contracts/policyApi.ts';
import { keepView } from '../../data/search.ts';
import { storeDraft } from '../../definitions/draftStore.ts';
import { SavePanel as Panel, type Standing } from '../../definitions/SavePanel.tsx';
import { fieldName } from '../../words/personalization.ts';
import { form as words } from '../../words/policyForm.ts';
import { changePolicy, createPolicy } from '../queries.ts';
import type { Definition } from './definition.ts';

interface Props extends Standing {
  id: string;
  definition: Definition;
  base: PolicyDetail | undefined;
}

export function SavePanel({ id, definition, base, ...standing }: Props) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: (reason: string) => {
      const { policy } = definition;
      return base === undefined
        ? createPolicy({ policy, reason })
        : changePolicy(base.policy.key, { policy, reason, revision: base.revision });
    },
    onSuccess: async ({ policy }) => {
      await queries.invalidateQueries({ queryKey: ['policies'] });
      await navigate({
        to: '/personalization/$key',
        params: { key: policy.key },
        search: keepView,
      });
      // After the form has gone: it would be stored again.
      storeDraft(id, undefined);
    },
    onError: () => queries.invalidateQueries({ queryKey: ['policies', 'one'] }),
  });
  return (
    <Panel
      {...standing}
      what="policy"
      isNew={base === undefined}
      unreadable={definition.faults.length > 0}
      save={save}
      nameOf={fieldName}
    >
      <p className="notice">{base === undefined ? words.becomesDraft : words.staysDraft}</p>
    </Panel>
  );
}
