import type { RawDelivery, StoredDelivery, WebhookAccount } from "../webhook";

/** A push to the address itself, as the intake hands it to a port. */
export const pushOf = (body: Uint8Array, receivedAt = new Date()): RawDelivery => ({ subPath: "", method: "POST", body, headers: {}, receivedAt });

/** The same as it lies stored. */
export const storedPush = (body: Uint8Array, eventType = ""): StoredDelivery => ({ body, eventType, subPath: "" });

/** An address that is everybody's. */
export const NOBODY: WebhookAccount = { credentials: {}, facts: {} };
