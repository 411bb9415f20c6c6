import { z } from "zod";
import { parseJson } from "@/lib/json";

/** What the house keeps for us beside an order: what its lines are, and what claims have told. */
const lineSchema = z.object({
  id: z.string(),
  status: z.string(),
  quantity: z.number().int(),
  package: z.string().optional(),
  canPack: z.boolean().optional(),
  canCancel: z.boolean().optional(),
});
export type ContextLine = z.output<typeof lineSchema>;

const returnSchema = z.object({ claim: z.string(), line: z.string(), quantity: z.number().int(), status: z.string(), at: z.iso.datetime() });
export type Returned = z.output<typeof returnSchema>;

export interface OrderContext {
  readonly lines: readonly ContextLine[];
  /** Claims accepted or refunded: the order itself does not tell of them. */
  readonly returned: readonly Returned[];
}

export function writeContext({ lines, returned }: OrderContext): Readonly<Record<string, string>> {
  return { lines: JSON.stringify(lines), ...(returned.length === 0 ? {} : { returned: JSON.stringify(returned) }) };
}

/** What cannot be read counts as nothing: a pull brings it anew. */
export function readContext(context: Readonly<Record<string, string>> | undefined): OrderContext {
  return { lines: readList(context?.["lines"], lineSchema), returned: readList(context?.["returned"], returnSchema) };
}

function readList<T>(text: string | undefined, schema: z.ZodType<T>): readonly T[] {
  if (text === undefined) return [];
  try {
    const parsed = z.array(schema).safeParse(parseJson(text));
    return parsed.success ? parsed.data : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
