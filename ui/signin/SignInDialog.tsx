/** Signs in again over a page whose session has ended; then everything on it is asked for anew. */
import { useQueryClient } from '@tanstack/react-query';
import type { SessionAnswer } from '../../contracts/accessApi.ts';
import { keepSession } from '../data/session.ts';
import '../definitions/definitions.css';
import { Dialog } from '../parts/Dialog.tsx';
import { SignInForm } from './SignInForm.tsx';
import './signIn.css';
import { ended as words } from '../words/signin.ts';

export function SignInDialog({ onClose }: { onClose(): void }) {
  const queries = useQueryClient();

  function enter(session: SessionAnswer): void {
    keepSession(session);
    void queries.invalidateQueries();
  }

  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="stack">
        <p className="muted">{words.text}</p>
        <SignInForm onSigned={enter} />
      </div>
    </Dialog>
  );
}
