import { unzipSync } from "fflate";
import { parseJson } from "@/lib/json";

/** The archive of a report: one JSON file a sheet. */
export interface Sheet {
  /** Name of its file without folder and ending. */
  readonly name: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const MAX_SHEET_BYTES = 256 * 1024 * 1024;

/**
 * The form of a sheet's file is not published: a list of rows as objects, or one such list inside an object, is understood.
 * @throws RangeError in words, when the bytes are no archive or a sheet is in another form or too large.
 */
export function readArchive(bytes: Uint8Array): Sheet[] {
  return Object.entries(unpack(bytes)).map(([path, content]) => {
    const name = (path.split("/").at(-1) ?? path).replace(/\.json$/i, "");
    return { name, rows: rowsOf(name, new TextDecoder().decode(content)) };
  });
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!/\.json$/i.test(name)) return false;
        if (originalSize > MAX_SHEET_BYTES) throw new RangeError(`sheet ${name} is too large`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof RangeError || !(error instanceof Error)) throw error;
    throw new RangeError(`not an archive: ${error.message}`);
  }
}

function rowsOf(name: string, text: string): Sheet["rows"] {
  const json = readJson(name, text.replace(/^\uFEFF/, "").trim());
  const lists = isRecord(json) ? Object.values(json).filter(Array.isArray) : [];
  const list: unknown = isRecord(json) && lists.length === 1 ? lists[0] : json;
  if (!Array.isArray(list) || !list.every(isRecord)) throw new RangeError(`sheet ${name} is no list of rows`);
  return list;
}

function readJson(name: string, text: string): unknown {
  if (text === "") return [];
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RangeError(`sheet ${name} is no JSON: ${error.message}`);
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
