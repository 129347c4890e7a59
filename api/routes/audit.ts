/** `/v1/audit`: who did what and who looked at single people, whether the record is whole, and all of it as a file. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { Problem } from '../../contracts/api.ts';
import {
  AuditAnswer,
  AuditCheck,
  AuditExportQuery,
  AuditQuery,
  type StoredAuditEntry,
} from '../../contracts/auditApi.ts';
import type { AuditDesk } from '../../control/audit/auditDesk.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import { NoQuery } from './parameters.ts';

const tags = ['audit'];
const answers = { 400: Problem, 503: Problem };

export function auditRoutes(desk: AuditDesk) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/audit',
      {
        schema: {
          summary: 'Who did what, and who looked at data of single people; the newest first',
          description:
            'An entry with status 0 says what was begun; another of the same request says how it ended. Users may be named in ' +
            'it, so reading it is a view of their data and is recorded as well.',
          tags,
          querystring: AuditQuery.strict(),
          response: { 200: AuditAnswer, ...answers },
        },
      },
      ({ query }) => {
        const { after } = query;
        if (after !== undefined && !desk.isCursor(after)) {
          const issue = { at: 'after', message: 'expected `next` of the answer before' };
          const detail = `${issue.at}: ${issue.message}`;
          throw new RequestError('REQUEST_INVALID', detail, { issues: [issue] });
        }
        return desk.read(query);
      },
    );

    typed.get(
      '/v1/audit/check',
      {
        schema: {
          summary: 'Whether each entry of the audit log follows from the one before',
          description:
            'Computes all hashes again, some 40,000 a second. `millrace audit verify` does so outside of the engine.',
          tags,
          querystring: NoQuery,
          response: { 200: AuditCheck, ...answers },
        },
      },
      () => desk.check(),
    );

    typed.get(
      '/v1/audit/export',
      {
        schema: {
          summary: 'The audit log as lines of JSON or as CSV',
          description:
            'First entries of all chains, then the others by chain and number: the order in which they are checked.',
          tags,
          querystring: AuditExportQuery.strict(),
          response: answers,
        },
      },
      async ({ query: { format, ...conditions } }, reply) => {
        const entries = desk.exported(conditions, departureOf(reply))[Symbol.asyncIterator]();
        // The first entry before the answer begins: what cannot be read is still told as a problem.
        const first = await entries.next();
        const write = format === 'csv' ? csvLine : jsonLine;
        const lines = (async function* () {
          if (format === 'csv') yield `${columns.join(',')}\r\n`;
          if (first.done !== true) yield write(first.value);
          for (;;) {
            const next = await entries.next();
            if (next.done === true) return;
            yield write(next.value);
          }
        })();
        reply.header('content-disposition', `attachment; filename="audit.${format}"`);
        reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson');
        // The schema knows of problems only.
        return (reply as FastifyReply).send(Readable.from(lines));
      },
    );
  };
}

const columns = [
  ...['chain', 'number', 'at', 'kind', 'who', 'who_kind', 'who_id', 'act', 'subject', 'reason'],
  ...['status', 'request', 'before', 'hash'],
] as const;

function jsonLine(entry: StoredAuditEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function csvLine({ principal, at, ...entry }: StoredAuditEntry): string {
  const { kind: who_kind, id: who_id, name: who } = principal;
  const cells: Record<string, string | number> = { ...entry, who_kind, who_id, who };
  cells['at'] = new Date(at).toISOString();
  return `${columns.map((name) => csvCell(String(cells[name]))).join(',')}\r\n`;
}

/** RFC 4180; what a spreadsheet would take for a formula is told to be text. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
