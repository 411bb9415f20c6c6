/** Text that a spreadsheet would run as a formula is made harmless with an apostrophe (OWASP, CSV injection). */
export function spreadsheetText(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** What was made harmless for spreadsheets is itself again. */
export function plainText(cell: string): string {
  const text = cell.trim();
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}
