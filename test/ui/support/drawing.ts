/** A chart as SVG text, the same on every machine: ids are renumbered, text is measured without fonts. */
import type { EChartsOption } from 'echarts';
import { init } from '../../../ui/charts/engine.ts';

export function drawing(option: EChartsOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return renumber(chart.renderToSVGString()).replace(/></g, '>\n<');
  } finally {
    chart.dispose();
  }
}

/** The library counts ids up per process: `zr3-c7` becomes `id1` in order of appearance. */
function renumber(svg: string): string {
  const ids = new Map<string, string>();
  return svg.replace(/\bzr\d+(?:-[a-z]+-?\d+)*/g, (id) => {
    const known = ids.get(id) ?? `id${ids.size}`;
    ids.set(id, known);
    return known;
  });
}
