/** What events about predictions of models are called, and where they say whose they are; the format is in docs/formats.md. */

/** `type` of a prediction: its name is its `decision`, or else its `id`. */
export const predictionType = 'prediction';

/** `type` of what happened then: it names the prediction in `decision`. */
export const labelType = 'label';

/** Fields that say which model predicts, and which version of it. */
export const modelColumns = ['context.model', 'context.model_version'] as const;
