/** JSON.parse that does not round integers: one beyond ±(2^53 − 1) becomes its digits as text. */
const longDigits = /\d{16}/;
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** @throws SyntaxError when the text is not JSON */
export function parseExactly<Value>(text: string): Value {
  if (!longDigits.test(text)) return JSON.parse(text);
  const exact = text.replaceAll(stringOrNumber, (token) => {
    const integer = token.length > 15 && /^-?\d+$/.test(token);
    return integer && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
  });
  return JSON.parse(exact);
}
