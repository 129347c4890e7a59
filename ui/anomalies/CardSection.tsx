/** A card with its own title: one of two beside each other. Its faults stay inside. */
import { type ReactNode, useId } from 'react';
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx';

interface Props {
  title: string;
  text?: string;
  children: ReactNode;
}

export function CardSection({ title, text, children }: Props) {
  const id = useId();
  return (
    <section className="card card-section" aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p className="muted">{text}</p>}
      </div>
      <ErrorBoundary>{children}</ErrorBoundary>
    </section>
  );
}
