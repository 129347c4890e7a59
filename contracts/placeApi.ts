/** Places over HTTP: what `/v1/places` and `/v1/belongings` take and answer. */
import { z } from 'zod';
import { PlacedKind, PlaceNode, PlaceRef } from './place.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();
const Reason = z.string().max(4_096).default('');

/** `GET /v1/places`: the places that who asks may see, with what these lie in. */
export const PlacesAnswer = z.object({
  /** 0: there never were any. */
  revision: z.number().int(),
  places: z.array(PlaceNode),
  /** Courses of the events of 30 days that the registry has not, the most frequent first; for whoever is allowed everywhere. */
  unplaced: z.array(z.object({ course: z.string(), events: z.number(), lastSeen: Instant })),
  /** Of who asks. */
  mine: z.union([z.literal('everywhere'), z.array(PlaceRef)]),
});
export type PlacesAnswer = z.infer<typeof PlacesAnswer>;

/** `PUT /v1/places`: the whole registry, from the revision that was seen. */
export const PlacesChange = z.strictObject({
  revision: z.number().int().min(0),
  places: z.array(PlaceNode),
  reason: Reason,
});
export type PlacesChange = z.infer<typeof PlacesChange>;

export const Belonging = z.object({
  kind: PlacedKind,
  key: z.string(),
  /** null: to no place; only whoever is allowed everywhere sees it. */
  place: PlaceRef.nullable(),
});
export type Belonging = z.infer<typeof Belonging>;

/** `GET /v1/belongings`: what there is, and where it belongs. */
export const BelongingsAnswer = z.object({ belongings: z.array(Belonging) });
export type BelongingsAnswer = z.infer<typeof BelongingsAnswer>;

/** `PUT /v1/belongings/:kind/:key`. Answers a `Belonging`. */
export const BelongingChange = z.strictObject({ place: PlaceRef.nullable(), reason: Reason });
export type BelongingChange = z.infer<typeof BelongingChange>;
