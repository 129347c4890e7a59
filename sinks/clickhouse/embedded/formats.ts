/** Formats of results: their media types, and which of them can be sent in independent chunks. */

const json = 'application/json; charset=UTF-8';
const lines = 'application/x-ndjson; charset=UTF-8';
const tabs = 'text/tab-separated-values; charset=UTF-8';

/** The media type that ClickHouse names for a format. */
export function mediaTypeOf(format: string): string {
  if (/^JSON(Strings)?EachRow|^NDJSON$|^JSONLines$/i.test(format)) return lines;
  if (/^JSONCompact(Strings)?EachRow/i.test(format)) return lines;
  if (/^JSON/i.test(format)) return json;
  if (/^CSV/i.test(format)) return 'text/csv; charset=UTF-8';
  if (/^(TSV|TabSeparated)/i.test(format)) return tabs;
  if (/^(RowBinary|Native|Parquet|Arrow|ORC|Avro|MsgPack|Npy|RawBLOB)/i.test(format)) {
    return 'application/octet-stream';
  }
  return 'text/plain; charset=UTF-8';
}

/** Formats without a header, a footer or anything between rows of different blocks. */
const independent = new Set(
  [
    'JSONEachRow',
    'NDJSON',
    'JSONLines',
    'JSONStringsEachRow',
    'JSONCompactEachRow',
    'JSONCompactStringsEachRow',
    'CSV',
    'TSV',
    'TabSeparated',
    'TSVRaw',
    'TabSeparatedRaw',
    'RowBinary',
    'Native',
    'RawBLOB',
  ].map((name) => name.toLowerCase()),
);

/**
 * Whether the chunks of a statement's result may follow each other. Each chunk is formatted by itself, so formats with
 * a header, and totals or extremes after the rows, have to be made in one piece.
 */
export function isChunkable(verb: string, format: string, text: string): boolean {
  return (
    (verb === 'SELECT' || verb === 'WITH') &&
    independent.has(format.toLowerCase()) &&
    !/\bTOTALS\b|\bextremes\b|json_array_of_rows|\bOUTFILE\b/i.test(text)
  );
}
