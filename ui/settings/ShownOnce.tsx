/** A secret that the engine shows this once, to be copied; it stays until somebody says that they have it. */
import type { ReactNode } from 'react';
import { Command } from '../parts/Command.tsx';
import { Dialog } from '../parts/Dialog.tsx';

interface Props {
  title: string;
  text: string;
  secret: string;
  /** What it is: "Password". */
  label: string;
  stored: string;
  onClose(): void;
  /** How it is used. */
  children?: ReactNode;
}

export function ShownOnce({ title, text, secret, label, stored, onClose, children }: Props) {
  return (
    <Dialog title={title} size="lg" isKept onClose={onClose}>
      <div className="stack">
        <p>{text}</p>
        <Command text={secret} label={label} />
        {children}
        <div className="actions end">
          <button type="button" className="button primary" onClick={onClose}>
            {stored}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
