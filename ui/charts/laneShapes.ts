/** What the timeline of alerts is drawn of: capsules, stripes of the calendar, and names of lanes. */

import type { laneNames } from '../data/search.ts';
import { words as common } from '../words/anomalies.ts';
import type { ChartLook } from './chartLook.ts';
import { compactLeftPx, lanePadPx, leftPx, topPx } from './lanePlaces.ts';
import type { CapsuleKind } from './lanesTable.ts';
import type { Shape } from './overlays.ts';

export interface Stripe {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Capsule {
  readonly isOpen: boolean;
  readonly count: number;
  readonly look: ChartLook;
}

/** How each kind looks; a capsule without a filling has a line around it. */
function lookOf(kind: CapsuleKind, look: ChartLook) {
  const plain = { decal: undefined, isHollow: false };
  const hatch = { dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };
  switch (kind) {
    case 'high':
      return { ...plain, color: look.bad };
    case 'low':
      return { ...plain, color: look.attention };
    case 'pending':
      return { ...plain, color: look.attention, isHollow: true };
    case 'blind':
      return { ...plain, color: look.muted, decal: { ...hatch, color: look.surface } };
    case 'over':
      return { ...plain, color: look.series[4] ?? look.muted };
    case 'false':
      return { ...plain, color: look.series[4] ?? look.muted, isHollow: true };
  }
}

export function capsule(kind: CapsuleKind, box: Box, { isOpen, count, look }: Capsule): Shape[] {
  const { color, isHollow, decal } = lookOf(kind, look);
  const { x, y, width, height } = box;
  const fading = {
    type: 'linear' as const,
    ...{ x: 0, y: 0, x2: 1, y2: 0 },
    colorStops: [
      { offset: 0, color },
      { offset: 0.5, color },
      { offset: 1, color: faded(color) },
    ],
  };
  const isFading = isOpen && width > 24;
  const paint = isFading ? fading : color;
  const radius = height / 2;
  const body: Shape = {
    type: 'rect',
    // An open one has no end yet: its right side is straight.
    shape: { ...box, r: isOpen ? [radius, 0, 0, radius] : radius },
    style: {
      fill: isHollow ? look.surface : paint,
      stroke: isHollow ? paint : look.surface,
      lineWidth: isHollow ? 2 : 1,
      ...(isHollow && kind === 'false' ? { lineDash: [3, 2] } : {}),
      ...(decal === undefined ? {} : { decal }),
    },
  };
  if (count < 2 || height < 12) return [body];
  const text = String(count);
  const isInside = width >= 14 + text.length * 7;
  return [
    body,
    {
      type: 'text',
      silent: true,
      style: {
        text,
        x: isInside ? x + 8 : x - 3,
        y: y + height / 2 + 0.5,
        fill: isInside && !isHollow ? look.surface : look.text,
        // A halo over hatching, and beside the capsule.
        ...(isInside && !isHollow && kind !== 'blind'
          ? {}
          : { stroke: isInside && kind === 'blind' ? color : look.surface, lineWidth: 3 }),
        align: isInside ? 'left' : 'right',
        verticalAlign: 'middle',
        fontSize: 11,
        fontWeight: 600,
        fontFamily: look.font,
      },
    },
  ];
}

/** The same colour, nearly gone: `#c0362c` → `rgba(192, 54, 44, 0.2)`. */
export function faded(color: string): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (hex === null) return color;
  const [, ...parts] = hex;
  return `rgba(${parts.map((part) => Number.parseInt(part, 16)).join(', ')}, 0.2)`;
}

/** A letter of a name is about this wide, px: of days, and of lanes, which are bold. */
const letterPx = 6.4;
const nameLetterPx = 7.6;

export function stripeShapes(
  { name }: Stripe,
  [from, to]: readonly [number, number],
  bottom: number,
  look: ChartLook,
): Shape[] {
  if (to - from < 0.5) return [];
  const stripe: Shape = {
    type: 'rect',
    shape: { x: from, y: topPx, width: to - from, height: bottom - topPx },
    style: { fill: look.grid, opacity: 0.5 },
  };
  if (to - from < name.length * letterPx + 8) return [stripe];
  return [
    stripe,
    {
      type: 'text',
      style: {
        text: name,
        x: from + 4,
        y: topPx - 4,
        fill: look.muted,
        fontSize: 11,
        fontFamily: look.font,
        verticalAlign: 'bottom',
      },
    },
  ];
}

interface LanePlace {
  readonly top: number;
  readonly heightPx: number;
  readonly right: number;
  readonly countText: string;
  readonly look: ChartLook;
}

/** The name of a lane, how many alerts it has, and the line above it. */
export function laneShapes(lane: (typeof laneNames)[number], place: LanePlace): Shape[] {
  const { top, heightPx, right, countText, look } = place;
  const y = look.compact ? top + lanePadPx + 4 : top + heightPx / 2;
  const text = (words: string, style: object): Shape => ({
    type: 'text',
    style: {
      text: words,
      y,
      fill: look.text,
      fontSize: 12,
      fontFamily: look.font,
      verticalAlign: 'middle',
      ...style,
    },
  });
  return [
    {
      type: 'line',
      shape: { x1: 0, y1: top, x2: right, y2: top },
      style: { stroke: look.grid, lineWidth: 1 },
    },
    text(common.lanes[lane], { x: compactLeftPx, fontWeight: 600, ...halo(look) }),
    text(countText, {
      ...(look.compact
        ? { x: compactLeftPx + common.lanes[lane].length * nameLetterPx + 8 }
        : { x: leftPx - 14, align: 'right' }),
      fill: look.muted,
      ...halo(look),
    }),
  ];
}

/** On telephones the names stand in the plot. */
function halo(look: ChartLook): object {
  return look.compact ? { stroke: look.surface, lineWidth: 3 } : {};
}
