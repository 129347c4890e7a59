/** Who is here, in which role; the way to the own account, and out. */
import { Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { leaveEngine } from '../data/leaveEngine.ts';
import { keepView } from '../data/search.ts';
import { useSession } from '../data/session.ts';
import { icon } from '../parts/Icons.tsx';
import { account as words } from '../words/account.ts';

const AccountIcon = icon(
  'M10 9.8a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM3.8 16.8c.4-3 3-4.7 6.2-4.7s5.8 1.7 6.2 4.7',
);

export function AccountMenu() {
  const principal = useSession().session?.principal;
  const navigate = useNavigate();
  const leave = useMutation({ mutationFn: leaveEngine });
  if (principal == null) return null;
  const { kind, name, role, scope } = principal;
  const isPerson = kind === 'person';
  const said = isPerson ? name : words.open;
  return (
    <Menu position="bottom-end" width={280} keepMounted={false}>
      <Menu.Target>
        <button type="button" className="account-button" aria-label={words.menu(said)} title={said}>
          {isPerson ? <span aria-hidden="true">{initials(name)}</span> : <AccountIcon />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label component="div" className="account-who">
          <b>{said}</b>
          <span>
            {isPerson && role !== null ? words.roles[role] : words.openText}
            {scope !== 'everywhere' && ` (${words.places(scope.length)})`}
          </span>
        </Menu.Label>
        <Menu.Item
          onClick={() =>
            void navigate({
              to: '/settings/$section',
              params: { section: isPerson ? 'account' : 'people' },
              search: keepView,
            })
          }
        >
          {isPerson ? words.own : words.makeFirst}
        </Menu.Item>
        {isPerson && (
          <Menu.Item closeMenuOnClick={false} onClick={() => leave.mutate()}>
            {words.signOut}
          </Menu.Item>
        )}
        {leave.isError && (
          <p className="account-problem" role="alert">
            {words.signOutFailed}
          </p>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** "Ada Lovelace" → "AL" */
function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined];
  return letters
    .map((part) => [...(part ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
