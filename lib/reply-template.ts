/** Names that may stand between double braces: `{{buyer_name}}`, with words for a missing value after a bar: `{{buyer_name|dear buyer}}`. */
export const TEMPLATE_VARIABLES = ["buyer_name", "order_number", "product_name", "marketplace", "organization", "agent_name"] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

export interface RenderedTemplate {
  readonly text: string;
  /** Variables without a value and without words of the template's own: they stay in the text in braces. */
  readonly missing: readonly TemplateVariable[];
}

const PLACEHOLDER = /\{\{\s*([a-z_]+)\s*(?:\|([^{}]*))?\}\}/g;

const asVariable = (name: string | undefined): TemplateVariable | undefined => TEMPLATE_VARIABLES.find((variable) => variable === name);

/** Names between braces that mean nothing: shown when a template is saved, since nobody wants them to reach a buyer. */
export function unknownVariables(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => (asVariable(name) === undefined && name !== undefined ? [name] : []));
}

/**
 * Puts values in place of placeholders. Without a value the template's own words stand in (`{{buyer_name|dear buyer}}`); without
 * those the placeholder stays, so that the composer can point at it instead of sending a hole.
 */
export function renderTemplate(text: string, values: Partial<Readonly<Record<TemplateVariable, string | null>>>): RenderedTemplate {
  const missing = new Set<TemplateVariable>();
  const rendered = text.replace(PLACEHOLDER, (whole: string, name: string, words: string | undefined) => {
    const variable = asVariable(name);
    if (variable === undefined) return whole;
    const value = values[variable] ?? "";
    if (value !== "") return value;
    if (words !== undefined) return words;
    missing.add(variable);
    return whole;
  });
  return { text: rendered, missing: [...missing] };
}
