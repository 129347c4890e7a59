/** A prediction and its label, sent from a terminal. */

const context = { model: 'dropout', model_version: '1', course: 'algebra' };

function command(origin: string, event: object): string {
  return `curl ${origin}/v1/events -H 'content-type: application/json' \\\n  -d '${JSON.stringify(event)}'`;
}

/**
 * @param origin address of the engine
 * @param time   of the prediction, ISO 8601
 * @param model  by default one that is made up
 */
export function predictionCommand(origin: string, time: string, model = context.model): string {
  const event = { id: 'p-1', type: 'prediction', time, user: 'student-1', value: 0.31 };
  return command(origin, { ...event, context: { ...context, model } });
}

/** Of the prediction above. */
export function labelCommand(origin: string, time: string): string {
  const event = { id: 'l-1', type: 'label', time, user: 'student-1', decision: 'p-1', value: 1 };
  return command(origin, event);
}
