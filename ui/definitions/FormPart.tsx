/** A titled part of a form, and what each part is given. */
import { type ReactNode, useId } from 'react';
import type { ProblemSaid } from './problems.ts';

export interface Part<Draft> {
  readonly draft: Draft;
  readonly problems: readonly ProblemSaid[];
  change(part: Partial<Draft>): void;
  /** Takes something away, which can be undone. */
  lose(part: Partial<Draft>, lost: string): void;
}

interface Props {
  title: string;
  text?: string;
  children: ReactNode;
}

export function FormPart({ title, text, children }: Props) {
  const id = useId();
  return (
    <section className="card form-part" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p className="muted">{text}</p>}
      </header>
      {children}
    </section>
  );
}
