/** The page `/docs`: every route of the OpenAPI document with a form to try it. Pure: a document gives a page. */

/** The part of an OpenAPI document that the page shows. */
export interface Described {
  readonly info?: {
    readonly title?: string;
    readonly version?: string;
    readonly description?: string;
  };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>> | undefined>>;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: { readonly description?: string };
}

export interface Example {
  readonly mediaTypes: readonly string[];
  readonly body: string;
}

/** An answer that does not end is not for a form. */
const streamPath = '/v1/live';

/** @param examples bodies to begin with, by `METHOD path` */
export function docsPage(
  { info, paths = {} }: Described,
  examples: ReadonlyMap<string, Example>,
): string {
  const sections = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations ?? {}).map(([method, operation]) =>
      section(
        method.toUpperCase(),
        path,
        operation,
        examples.get(`${method.toUpperCase()} ${path}`),
      ),
    ),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(info?.title ?? '')}: API</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<script type="module" src="/docs/tryIt.js"></script>
</head>
<body>
<main>
<h1>${escapeHtml(info?.title ?? '')} ${escapeHtml(info?.version ?? '')}</h1>
<p>${escapeHtml(info?.description ?? '')} The same as <a href="/openapi.json">OpenAPI</a>; the <a href="/">dashboard</a>.</p>
${sections.join('\n')}
</main>
</body>
</html>
`;
}

function section(
  method: string,
  path: string,
  { summary = '', description = '', parameters = [] }: Operation,
  example: Example | undefined,
): string {
  const fields = parameters.map(field).join('\n');
  const form = `<form data-method="${method}" data-path="${escapeHtml(path)}">
${fields}
${example === undefined ? '' : bodyFields(example)}
<button>Send</button>
<output aria-live="polite"></output>
</form>`;
  return `<details>
<summary><b>${method}</b> <code>${escapeHtml(path)}</code> ${escapeHtml(summary)}</summary>
<p>${escapeHtml(description)}</p>
${path === streamPath ? `<p><a href="${path}">Open the stream</a></p>` : form}
</details>`;
}

function field({ name, in: place, required, description, schema }: Parameter): string {
  const hint = description ?? schema?.description ?? '';
  return `<label>${escapeHtml(name)} <small>${escapeHtml(hint)}</small>
<input name="${escapeHtml(name)}" data-in="${escapeHtml(place)}"${required ? ' required' : ''}></label>`;
}

function bodyFields({ mediaTypes, body }: Example): string {
  const options = mediaTypes.map((type) => `<option>${escapeHtml(type)}</option>`).join('');
  return `<label>Content-Type <select>${options}</select></label>
<label>Body <textarea rows="8" spellcheck="false">${escapeHtml(body)}</textarea></label>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 0.6rem 0; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 3.5rem; }
form { display: grid; gap: 0.6rem; }
label { display: grid; gap: 0.2rem; }
input, select, textarea, button { font: inherit; padding: 0.3rem 0.5rem; max-width: 100%; }
textarea, code, output { font-family: ui-monospace, monospace; font-size: 0.875rem; }
button { justify-self: start; }
output { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 30rem; overflow: auto; }
`;
