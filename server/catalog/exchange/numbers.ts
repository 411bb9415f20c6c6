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
