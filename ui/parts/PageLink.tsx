/** A link to a page of this dashboard whose path the engine has told: opened without loading the dashboard anew. */
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

interface Props {
  /** Path with search; what is of another origin is shown as words. */
  to: string;
  className?: string;
  label?: string | undefined;
  onOpen?(): void;
  children: ReactNode;
}

/** A page of this dashboard, and nothing else: it could be of another origin, or a script. */
export function isOwnPage(page: string): boolean {
  return /^\/(?![/\\])/.test(page) && !page.startsWith('/v1/');
}

export function PageLink({ to, className, label, onOpen, children }: Props) {
  const router = useRouter();
  if (!isOwnPage(to)) return <span>{children}</span>;

  function open(event: MouseEvent): void {
    onOpen?.();
    const isElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.button !== 0 || isElsewhere) return;
    event.preventDefault();
    void router.navigate({ href: to });
  }

  return (
    <a href={to} className={className} aria-label={label} onClick={open}>
      {children}
    </a>
  );
}
