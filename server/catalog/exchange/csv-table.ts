/** Tables of text as spreadsheets write them (RFC 4180; comma, semicolon or tab, whichever the first line has more of). Pure. */
export function parseCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, "");
  const separator = separatorOf(source);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((value) => value.trim() !== "")) rows.push(row);
    row = [];
    cell = "";
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source.charAt(at);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === separator) {
      row.push(cell);
      cell = "";
    } else if (sign === "\n") endRow();
    else if (sign !== "\r") cell += sign;
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}

function separatorOf(source: string): string {
  const head = source.split("\n", 1)[0] ?? "";
  const counts = [",", ";", "\t"].map((sign) => ({ sign, count: head.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

/** What was made harmless for spreadsheets is itself again. */
export function plainText(cell: string): string {
  const text = cell.trim();
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}

/** A whole number of pieces as people and spreadsheets write it: "1 200", "12,0". Null = not one. */
export function parsePieces(cell: string): number | null {
  const match = /^(\d{1,8})(?:[.,]0+)?$/.exec(cell.replace(/[\s\u00A0\u202F']/g, ""));
  return match === null ? null : Number(match[1]);
}

/** A decimal with either sign for the fraction, as plain text: "1 299,90" → "1299.90". Null = not one. */
export function parseAmount(cell: string): string | null {
  const text = cell.replace(/[\s\u00A0\u202F']/g, "").replace(",", ".");
  return /^\d{1,12}(\.\d{1,4})?$/.test(text) ? text : null;
}
