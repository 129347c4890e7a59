/** The parts of ECharts that the dashboard uses: one lazy chunk. SVG, but canvas for thousands of marks. */
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import {
  AxisPointerComponent,
  DatasetComponent,
  GridComponent,
  LegendPlainComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import { connect, init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  BarChart,
  CanvasRenderer,
  CustomChart,
  LineChart,
  AxisPointerComponent,
  DatasetComponent,
  GridComponent,
  LegendPlainComponent,
  TitleComponent,
  TooltipComponent,
  SVGRenderer,
]);

export { connect, init };
