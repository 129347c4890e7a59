/** Makes the forms of `/docs` work: fills the path and query from the fields, sends, shows the answer. */

for (const form of document.querySelectorAll('form[data-path]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const output = form.querySelector('output');
    output.textContent = '…';
    try {
      output.textContent = await ask(form);
    } catch (error) {
      output.textContent = `No answer: ${error.message}`;
    }
  });
}

async function ask(form) {
  const query = new URLSearchParams();
  let path = form.dataset.path;
  for (const field of form.querySelectorAll('[data-in]')) {
    if (field.dataset.in === 'path') {
      path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    } else if (field.value !== '') query.set(field.name, field.value);
  }
  const url = query.size === 0 ? path : `${path}?${query}`;
  const body = form.querySelector('textarea');
  const kind = form.querySelector('select');
  const began = performance.now();
  const response = await fetch(url, {
    method: form.dataset.method,
    ...(body === null ? {} : { body: body.value, headers: { 'content-type': kind.value } }),
  });
  const text = await response.text();
  const took = (performance.now() - began).toFixed(0);
  return `${form.dataset.method} ${url}\n${response.status} in ${took} ms\n\n${readable(text)}`;
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
