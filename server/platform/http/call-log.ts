import { newId } from "@/lib/ids";
import { storableJson } from "@/lib/storable-json";
import { pool } from "../db";
import { describeError } from "../errors";
import { logger } from "../logger";
import { UNHURRIED } from "./shared-limit";

/** One try of a call, already redacted. */
export interface CallRecord {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly at: Date;
  readonly method: string;
  /** Path and redacted query below the base URL. */
  readonly endpoint: string;
  readonly status: number | null;
  /** `ok`, or a failure kind as the call log column documents. */
  readonly outcome: string;
  readonly durationMs: number;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly requestBody: string | null;
  readonly responseBody: string | null;
  readonly errorText: string | null;
  readonly requestId: string | null;
}

export type RecordCall = (record: CallRecord) => void;

export interface CallLog {
  readonly record: RecordCall;
  /** Resolves when everything recorded so far is stored or its loss is logged. Call it at shutdown. */
  flush(): Promise<void>;
}

const BATCH = 200;
const DELAY_MS = 500;
const CAPACITY = 5_000;

export type InsertCalls = (rows: readonly CallRecord[]) => Promise<void>;

/**
 * One prepared statement for any number of rows: a busy synchronisation makes hundreds of calls a second, and a client that compiles
 * each batch anew costs more than the calls. Entries wait in memory for half a second anyway; for the disk they do not wait as well.
 */
const insertCalls: InsertCalls = async (rows) => {
  await pool.query({
    name: "karavan-call-log",
    text: `
      WITH t AS MATERIALIZED (SELECT ${UNHURRIED} AS unhurried)
      INSERT INTO call_log_entry (id, workspace_id, connection_id, at, method, endpoint, status, outcome, duration_ms, attempt, request_bytes, response_bytes,
        request_body, response_body, error_text, request_id)
      SELECT r.id, r."workspaceId", r."connectionId", r.at, r.method, r.endpoint, r.status, r.outcome, r."durationMs", r.attempt, r."requestBytes", r."responseBytes",
        r."requestBody", r."responseBody", r."errorText", r."requestId"
      FROM t, json_to_recordset($1::json) AS r(id uuid, "workspaceId" uuid, "connectionId" uuid, at timestamptz, method text, endpoint text, status integer, outcome text,
        "durationMs" integer, attempt integer, "requestBytes" integer, "responseBytes" integer, "requestBody" text, "responseBody" text, "errorText" text, "requestId" text)`,
    values: [storableJson(rows.map((row) => ({ id: newId(), ...row })))],
  });
};

/**
 * Writes records in batches, away from the call that made them: the call neither waits nor fails because of its log.
 * What cannot be stored (database away, buffer full) is counted in an error line, never dropped in silence.
 */
export function makeCallLog(insert: InsertCalls = insertCalls): CallLog {
  let waiting: CallRecord[] = [];
  let overflow = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const lost = overflow;
    overflow = 0;
    if (lost > 0) logger.error({ lost }, "call log entries dropped: the buffer was full");
    while (waiting.length > 0) {
      const rows = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      try {
        await insert(rows);
      } catch (error) {
        logger.error({ lost: rows.length, err: describeError(error) }, "call log entries could not be stored");
      }
    }
  }

  function drain(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  }

  return {
    record(entry) {
      if (waiting.length >= CAPACITY) overflow += 1;
      else waiting.push(entry);
      if (waiting.length === BATCH) void drain();
      else timer ??= setTimeout(() => void drain(), DELAY_MS).unref();
    },
    flush: drain,
  };
}

/** The call log of this process. */
export const callLog: CallLog = makeCallLog();
