/** A titled part of a page; its faults stay inside. */
import { type ReactNode, useId } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';

interface Props {
  title: ReactNode;
  text?: string;
  tools?: ReactNode;
  children: ReactNode;
}

export function Section({ title, text, tools, children }: Props) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <header className="section-head">
        <div>
          <h2 id={id}>{title}</h2>
          {text !== undefined && <p className="muted">{text}</p>}
        </div>
        {tools}
      </header>
      <ErrorBoundary>{children}</ErrorBoundary>
    </section>
  );
}
