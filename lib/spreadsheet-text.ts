/** Text that a spreadsheet would run as a formula is made harmless with an apostrophe (OWASP, CSV injection). */
export function spreadsheetText(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}
