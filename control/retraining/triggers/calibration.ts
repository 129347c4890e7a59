/** Calibration: predicted shares are farther from what happens than the plan lets a version be. */
import { causeByAlert, causeOf, instantWords, type Trigger } from './trigger.ts';

export const calibrationTrigger: Trigger = (facts) => {
  const byAlert = causeByAlert(facts, 'calibration');
  if (byAlert !== undefined) return byAlert;
  const { calibration, champion } = facts;
  if (calibration === null || !(calibration.at > facts.newsFrom)) {
    return { why: 'of its calibration there is nothing new' };
  }
  const { value, noise, limit, count, from, at } = calibration;
  if (!(value > limit + noise)) return { why: 'it is calibrated well enough' };
  const sentence = `The calibration error of version ${champion} is ${value.toPrecision(3)} over ${count.toLocaleString('en')} predictions up to ${instantWords(at)}; chance makes ${noise.toPrecision(2)} of it, and ${limit.toPrecision(3)} is allowed`;
  return {
    id: `calibration:${champion}:${at}`,
    at,
    since: from,
    cause: causeOf('calibration', sentence, { calibrationError: value, noise, limit, count }),
  };
};
