/** Whether a file is small enough to be kept in memory by every partition that serves it. */
import type { GateResult } from '../../contracts/gateReport.ts';
import type { GatePlan } from '../../contracts/modelPlan.ts';
import { check, judged } from './gateWords.ts';

export function sizeGate(bytes: Uint8Array, { bytesMax }: Pick<GatePlan, 'bytesMax'>): GateResult {
  const value = bytes.length;
  const passed = value <= bytesMax;
  const told = (size: number) => `${size.toLocaleString('en')} bytes`;
  const text = passed
    ? `The file has ${told(value)}; ${told(bytesMax)} are allowed`
    : `The file has ${told(value)}, ${told(value - bytesMax)} more than the ${told(bytesMax)} that are allowed`;
  return judged('size', text, [check({ name: 'bytes', value, bound: bytesMax, passed })]);
}
