/** What each part of the form of a watch is given. */
import type { Part } from '../../definitions/FormPart.tsx';
import type { Draft } from './draft.ts';

export type PartProps = Part<Draft>;
