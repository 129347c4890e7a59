/** Where the code of a thread or a process begins: it runs compiled code alone, also when who starts it runs from its sources. */

/** Of this project. */
const root = new URL('../', import.meta.url);

/**
 * A compiled module beside another one.
 *
 * @param name without its ending
 * @param here `import.meta.url` of the module beside which it stands
 */
export function compiledModule(name: string, here: string): URL {
  const file = `./${name}.js`;
  if (!here.endsWith('.ts')) return new URL(file, here);
  return new URL(file, new URL(`dist/${here.slice(root.href.length)}`, root));
}
