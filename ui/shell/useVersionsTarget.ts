/** The model whose versions a key opens: the one that the page is about, or that the address names. */
import { useParams } from '@tanstack/react-router';
import { useView } from '../data/useView.ts';

export function useVersionsTarget(): string | undefined {
  const { search } = useView();
  const { model } = useParams({ strict: false });
  return model ?? search.model;
}
