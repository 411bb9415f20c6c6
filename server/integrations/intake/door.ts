import { randomUUID } from "node:crypto";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { withRequestId } from "@/server/platform/logger";
import { WEBHOOK_PATH } from "./own-address";
import { bodyOfMessage } from "./read-body";
import { type IncomingWebhook, receiveWebhook } from "./receive-webhook";

/**
 * Puts the webhook door in front of whatever serves this process: a request below its path never reaches the page framework,
 * every other one goes on untouched. What comes in before the door stands is taken by the route of the same path.
 */
export function openWebhookDoor(): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function pastTheDoor(this: Server, ...args: [event: string | symbol, ...rest: unknown[]]): boolean {
    if (args[0] === "request" && answerPush(args[1] as IncomingMessage, args[2] as ServerResponse)) return true;
    return Reflect.apply(emit, this, args) as boolean;
  };
}

/** Answers a request that is a push. @returns false when it is none and somebody else has to answer. */
export function answerPush(request: IncomingMessage, response: ServerResponse): boolean {
  const place = placeOf(request.url ?? "");
  if (place === null) return false;
  void withRequestId(single(request.headers["x-request-id"]) ?? randomUUID(), () => answer(place, request, response));
  return true;
}

async function answer(place: Place, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body, contentType } = await receiveWebhook({
    ...place,
    method: request.method ?? "",
    headers: flat(request.headers),
    body: bodyOfMessage(request),
  });
  if (response.destroyed) return;
  const content = Buffer.from(body);
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": content.byteLength,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    // What is left of a body nobody wants is not read to its end only to keep the line.
    ...(request.complete ? {} : { connection: "close" }),
  });
  response.end(content, () => {
    if (!request.complete) request.destroy();
  });
}

type Place = Pick<IncomingWebhook, "system" | "token" | "subPath">;

/** `/api/integrations/webhook/{system}[/{connection}[/further/segments]]`; null when the address is another one. Exported for its test. */
export function placeOf(url: string): Place | null {
  if (!url.startsWith(WEBHOOK_PATH)) return null;
  const end = url.indexOf("?");
  const [system = "", token = "", ...below] = url.slice(WEBHOOK_PATH.length, end === -1 ? undefined : end).split("/");
  if (system === "") return null;
  const subPath = below.filter((segment) => segment !== "").map((segment) => `/${segment}`);
  return { system, token: token === "" ? undefined : token, subPath: subPath.join("") };
}

function flat(headers: IncomingMessage["headers"]): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) result[name] = typeof value === "string" ? value : value.join(", ");
  }
  return result;
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
