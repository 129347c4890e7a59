/** Commands for this very engine that a page of versions shows where there is nothing yet. */

export function importCommand(origin: string, model: string): string {
  return `curl '${origin}/v1/models/${model}/imports?reason=A%20better%20one' \\\n  -H 'content-type: application/octet-stream' --data-binary @model.onnx`;
}
