import { type EventType, eventType, type StandardSchemaV1 } from "inngest";

type Payload = StandardSchemaV1<Record<string, unknown>>;

/**
 * Defines a named, typed event of a module. Definitions live in `server/<module>/events.ts`; `emit` takes what `create` makes,
 * and a function uses the definition itself as its trigger, so that both ends share one schema.
 *
 * @param name `<module>/<noun>.<what happened>`, e.g. `orders/order.imported`.
 * @param schema zod object of JSON values without transforms; the SDK checks it again where the event arrives.
 */
export function defineEvent<const TName extends `${string}/${string}.${string}`, TSchema extends Payload>(
  name: TName,
  schema: TSchema,
): EventType<TName, TSchema> {
  // eventType() refuses transforming schemas by a conditional type that no generic schema can satisfy.
  return eventType<TName, TSchema>(name, { schema: schema as never });
}
