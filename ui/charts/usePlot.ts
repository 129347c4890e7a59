/**
 * One ECharts instance in a div: made once, given a new option when data or theme change, sized with its container.
 *
 * The library is loaded on first use. `draw` failures are reported, not thrown, so that the data can be shown instead.
 */
import type { EChartsOption } from 'echarts';
import type { ECharts } from 'echarts/core';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';

/** Replaced as a whole: another option may have fewer panels. */
const parts = ['title', 'grid', 'xAxis', 'yAxis', 'series'];

/** Charts of one group share their cursor. */
const groupName = 'page';

export interface Plot {
  readonly holder: RefObject<HTMLDivElement | null>;
  readonly chart: RefObject<ECharts | null>;
  readonly phase: 'loading' | 'drawn' | 'failed';
  /** What is shown, for a file. */
  drawing(): Drawing | undefined;
}

export interface Drawing {
  /** SVG. */
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/**
 * @param onPick takes the row of a mark that was clicked
 * @param onPickTime takes the instant at which a chart over time was clicked, anywhere: its lines have no marks
 * @param renderer canvas for thousands of marks; its exports are drawn anew, as SVG
 */
export function usePlot(
  option: EChartsOption | undefined,
  grouped: boolean,
  onPick?: (row: number) => void,
  renderer: 'svg' | 'canvas' = 'svg',
  onPickTime?: (time: number) => void,
): Plot {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const redraw = useRef<(option: EChartsOption, width: number, height: number) => string>(null);
  const [phase, setPhase] = useState<Plot['phase']>('loading');
  const [ready, setReady] = useState(false);
  const wanted = option !== undefined;
  const pick = useEffectEvent((row: number) => onPick?.(row));
  const pickTime = useEffectEvent((time: number) => onPickTime?.(time));

  useEffect(() => {
    const element = holder.current;
    if (!wanted || element === null) return;
    let gone = false;
    let observer: ResizeObserver | undefined;
    import('./engine.ts').then(
      ({ connect, init }) => {
        if (gone) return;
        const made = init(element, null, { renderer });
        if (grouped) {
          made.group = groupName;
          connect(groupName);
        }
        made.on('click', ({ dataIndex }) => {
          if (typeof dataIndex === 'number') pick(dataIndex);
        });
        made.getZr().on('click', ({ offsetX, offsetY }) => {
          const place = [offsetX, offsetY];
          if (!grouped || !made.containPixel({ gridIndex: 0 }, place)) return;
          const [time] = made.convertFromPixel({ gridIndex: 0 }, place) as number[];
          if (time !== undefined) pickTime(time);
        });
        chart.current = made;
        redraw.current = (again, width, height) => {
          const drawn = init(null, null, { renderer: 'svg', ssr: true, width, height });
          drawn.setOption(again);
          const text = drawn.renderToSVGString();
          drawn.dispose();
          return text;
        };
        observer = new ResizeObserver(() => made.resize());
        observer.observe(element);
        setReady(true);
      },
      () => setPhase('failed'),
    );
    return () => {
      gone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
      setReady(false);
    };
  }, [wanted, grouped, renderer]);

  useEffect(() => {
    if (!ready || option === undefined) return;
    try {
      // Merged, so that a tooltip that is open stays open when new data comes.
      chart.current?.setOption(option, { replaceMerge: parts });
      setPhase('drawn');
    } catch (error) {
      console.error(error);
      setPhase('failed');
    }
  }, [option, ready]);

  function drawing(): Drawing | undefined {
    const made = chart.current;
    if (made === null) return undefined;
    const [width, height] = [made.getWidth(), made.getHeight()];
    const text =
      renderer === 'svg' || option === undefined
        ? made.renderToSVGString()
        : (redraw.current?.(option, width, height) ?? '');
    return { text, width, height };
  }

  return { holder, chart, phase, drawing };
}
