import { type IncomingMessage, Server } from "node:http";

/**
 * Appends the socket's own address to X-Forwarded-For of every request, as a proxy would. Next fills the header only when the
 * client sent none, so without this a client could name any address as its own and slip past, or spend, somebody's login limit.
 * Readers walk the list from its end and stop at the first entry that is not a trusted proxy.
 */
export function recordPeerAddresses(): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function appendPeer(this: Server, ...args: [event: string | symbol, ...rest: unknown[]]): boolean {
    if (args[0] === "request") appendPeerAddress(args[1] as IncomingMessage);
    return Reflect.apply(emit, this, args) as boolean;
  };
}

/** Exported for its test. */
export function appendPeerAddress(request: Pick<IncomingMessage, "headers" | "socket">): void {
  const before = request.headers["x-forwarded-for"];
  const peer = request.socket.remoteAddress ?? "";
  request.headers["x-forwarded-for"] = before === undefined ? peer : `${String(before)}, ${peer}`;
}
