/** Sends events to the door of an engine that is served. */

/** @param lines events, one a line @returns the status of the answer, which has been read */
export async function postEvents(url: string, lines: string | Uint8Array): Promise<number> {
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines,
  });
  await response.arrayBuffer();
  return response.status;
}
