import { ConnectorError } from "../../contract/errors";
import type { ChannelRules } from "../../contract/ports";

/** What can be known to be refused is refused here, before a call: identical bad calls cost the key its standing. */
export function refuse(code: string, params: Readonly<Record<string, string | number>> = {}): never {
  throw new ConnectorError("invalid", code, { params });
}

/** @returns the text as it is to be sent. Length is counted in code points, as the service counts runes. */
export function checkText(given: string | undefined, rules: Pick<ChannelRules, "minTextLength" | "maxTextLength">): string {
  const text = given ?? "";
  const length = [...text].length;
  if (text.trim() === "") refuse("ozon.text_empty");
  if (length < rules.minTextLength) refuse("ozon.text_too_short", { min: rules.minTextLength, length });
  if (length > rules.maxTextLength) refuse("ozon.text_too_long", { max: rules.maxTextLength, length });
  return text;
}
