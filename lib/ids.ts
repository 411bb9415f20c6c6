import { v7 } from "uuid";

/** A new id: UUID v7, so rows made later sort later. */
export function newId(): string {
  return v7();
}
