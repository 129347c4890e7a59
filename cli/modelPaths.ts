/** Where models and training runs are asked for over HTTP. */

export function modelPath(model: string, rest: string): string {
  return `/v1/models/${encodeURIComponent(model)}/${rest}`;
}

export function runPath(id: string): string {
  return `/v1/retraining/${encodeURIComponent(id)}`;
}
