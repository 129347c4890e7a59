/** The page that was opened to do what a card says, so that it can be asked afterwards whether it was done. Kept in this tab. */
import { useSessionStorage } from '@mantine/hooks';
import type { InsightSubject } from '../../contracts/insight.ts';

export interface Opened {
  readonly card: string;
  readonly subject: Pick<InsightSubject, 'kind' | 'key'>;
  /** Of the finding whose action it is. */
  readonly kind: string;
  readonly label: string;
}

export function useOpened(): readonly [Opened | null, (opened: Opened) => void, () => void] {
  const [opened, setOpened, forget] = useSessionStorage<Opened | null>({
    key: 'millrace-opened',
    defaultValue: null,
    getInitialValueInEffect: false,
    deserialize: readOpened,
  });
  return [opened, setOpened, forget];
}

/** Somebody else may have written there. */
export function readOpened(text: string | undefined): Opened | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { card, subject, kind, label } = value as Partial<Opened>;
    const isWhole = [card, subject?.kind, subject?.key, kind, label].every(
      (each) => typeof each === 'string',
    );
    return isWhole ? (value as Opened) : null;
  } catch {
    return null;
  }
}
