import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { fixedClock } from "../clock";
import { pool } from "../db";
import { withRequestId } from "../logger";
import { type CallRecord, callLog } from "./call-log";
import { createRemoteHttp, type HttpOptions, type HttpRequest } from "./remote-http";
import { makeTransport } from "./transport";

type Handler = (request: IncomingMessage, response: ServerResponse, seen: number) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A real server on loopback; `seen` counts its requests from 1. */
async function serve(handler: Handler): Promise<{ url: string; count: () => number }> {
  let seen = 0;
  const server = createServer((request, response) => {
    seen += 1;
    request.resume();
    handler(request, response, seen);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count: () => seen };
}

function answer(response: ServerResponse, status: number, body = "{}", headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

function kit(baseUrl: string, more: Partial<HttpOptions> = {}) {
  const records: CallRecord[] = [];
  const connectionId = randomUUID();
  const options: HttpOptions = {
    workspaceId: randomUUID(),
    connectionId,
    baseUrl,
    limits: [{ group: "api", points: 1_000, perSeconds: 1 }],
    limitKey: connectionId,
    record: (record) => records.push(record),
    random: () => 0.01,
    ...more,
  };
  return { ...createRemoteHttp(options), records };
}

const read: HttpRequest = { method: "POST", path: "/v1/list", group: "api", repeatable: true, body: "{}" };
const file: HttpRequest = { method: "GET", path: "/file", group: "api", repeatable: true };
const write: HttpRequest = { ...read, path: "/v1/send", repeatable: false };

describe("repeating", () => {
  it("repeats a read until it succeeds and records every try", async () => {
    const server = await serve((_request, response, seen) => answer(response, seen < 3 ? 503 : 200, '{"ok":true}'));
    const http = kit(server.url);
    const response = await http.send(read);
    expect(response.status).toBe(200);
    expect(response.text()).toBe('{"ok":true}');
    expect(http.records.map((record) => [record.attempt, record.status, record.outcome])).toEqual([
      [1, 503, "unavailable"],
      [2, 503, "unavailable"],
      [3, 200, "ok"],
    ]);
  });

  it("never repeats a write, whatever the answer", async () => {
    for (const status of [429, 500, 503]) {
      const server = await serve((_request, response) => answer(response, status));
      expect((await kit(server.url).send(write)).status).toBe(status);
      expect(server.count()).toBe(1);
    }
    const dropping = await serve((_request, response) => response.destroy());
    await expect(kit(dropping.url).send(write)).rejects.toMatchObject({ kind: "unavailable", mayHaveTakenEffect: true });
    expect(dropping.count()).toBe(1);
  });

  it("gives a lasting failure back after three tries, and a definite answer at once", async () => {
    const down = await serve((_request, response) => answer(response, 500));
    expect((await kit(down.url).send(read)).status).toBe(500);
    expect(down.count()).toBe(3);
    const refusing = await serve((_request, response) => answer(response, 403));
    expect((await kit(refusing.url).send(read)).status).toBe(403);
    expect(refusing.count()).toBe(1);
  });

  it("stops repeating when the budget of the limit key is spent", async () => {
    const down = await serve((_request, response) => answer(response, 500));
    const http = kit(down.url);
    for (let call = 0; call < 10; call += 1) await http.send(read);
    expect(down.count()).toBe(20);
  });

  it("waits as long as Retry-After says before the next try", async () => {
    const arrivals: number[] = [];
    const server = await serve((_request, response, seen) => {
      arrivals.push(performance.now());
      answer(response, seen === 1 ? 429 : 200, "{}", seen === 1 ? { "retry-after": "1" } : {});
    });
    expect((await kit(server.url).send(read)).status).toBe(200);
    expect((arrivals[1] ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it("hands a refusal back instead of waiting longer than the call may", async () => {
    const server = await serve((_request, response) => answer(response, 429, "{}", { "retry-after": "600" }));
    const http = kit(server.url);
    expect((await http.send({ ...read, timeoutMs: 5_000 })).status).toBe(429);
    expect(server.count()).toBe(1);
    await expect(http.send({ ...read, timeoutMs: 5_000 })).rejects.toMatchObject({ kind: "rate-limited", code: "http.limit", mayHaveTakenEffect: false });
    expect(server.count()).toBe(1);
  });
});

describe("shared limits", () => {
  it("paces two instances together", async () => {
    const server = await serve((_request, response) => answer(response, 200));
    const limitKey = randomUUID();
    const limits = [{ group: "api", points: 10, perSeconds: 1 }];
    const [one, two] = [kit(server.url, { limitKey, limits }), kit(server.url, { limitKey, limits })];
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? one : two).send(read)));
    expect(server.count()).toBe(24);
    // 23 spaces of 112 ms: both took their moments from one row.
    expect(performance.now() - startedAt).toBeGreaterThan(23 * 112 - 150);
  });

  it("shares a penalty: after a 429 of one instance the other does not even ask", async () => {
    const server = await serve((_request, response) => answer(response, 420, "{}", { "x-ratelimit-resource-until": "Thu, 01 Jan 2026 00:10:00 GMT" }));
    const shared = {
      limitKey: randomUUID(),
      clock: fixedClock(new Date("2026-01-01T00:00:00Z")),
      limits: [
        { group: "api", points: 50, perSeconds: 1 },
        { group: "other", points: 50, perSeconds: 1 },
      ],
    };
    await kit(server.url, shared).send(write);
    await expect(kit(server.url, shared).send({ ...write, timeoutMs: 5_000 })).rejects.toMatchObject({ kind: "rate-limited" });
    expect(server.count()).toBe(1);
    await kit(server.url, shared).send({ ...write, group: "other" });
    expect(server.count()).toBe(2);
    const { rows } = await pool.query("SELECT expire FROM rate_limit_counter WHERE key = $1", [`http:${shared.limitKey}:api`]);
    expect(Number(rows[0].expire) - Date.now()).toBeGreaterThan(500_000);
  });

  it("holds back a call that already waited for its moment when somebody else was refused meanwhile", async () => {
    let refused = 0;
    const server = await serve((_request, response, seen) => {
      if (seen === 2) refused += 1;
      answer(response, seen === 2 ? 429 : 200, "{}", seen === 2 ? { "retry-after": "60" } : {});
    });
    const http = kit(server.url, { limits: [{ group: "api", points: 4, perSeconds: 1 }] });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => http.send({ ...write, timeoutMs: 20_000 })));
    expect(refused).toBe(1);
    expect(server.count()).toBe(2);
    expect(results.filter((result) => result.status === "rejected")).toHaveLength(3);
  });

  it("refuses a group the connector never declared", async () => {
    await expect(kit("http://127.0.0.1:9").send({ ...read, group: "typo" })).rejects.toMatchObject({ code: "http.unknown_group", kind: "refused" });
  });
});

describe("circuit breaker", () => {
  const breaker = { failures: 3, firstPauseMs: 1_000, longestPauseMs: 1_000 };
  const once1 = { tries: 1, firstPauseMs: 1 };

  it("opens after outages, refuses without asking, and closes after a good probe", async () => {
    let down = true;
    const server = await serve((_request, response) => answer(response, down ? 503 : 200));
    const http = kit(server.url, { breaker, retry: once1 });
    for (let call = 0; call < 3; call += 1) expect((await http.send(write)).status).toBe(503);
    await expect(http.send(write)).rejects.toMatchObject({ kind: "unavailable", reason: "breaker-open", mayHaveTakenEffect: false, retryAfterMs: 1_000 });
    expect(server.count()).toBe(3);
    down = false;
    await expect
      .poll(
        () =>
          http.send(write).then(
            (response) => response.status,
            () => 0,
          ),
        { timeout: 20_000 },
      )
      .toBe(200);
    expect((await http.send(write)).status).toBe(200);
  });

  it("stays closed for refusals and for an endpoint that chokes", async () => {
    const server = await serve((_request, response, seen) => answer(response, [400, 401, 403, 404, 429, 500][seen % 6] ?? 500, "{}", { "retry-after": "0" }));
    const http = kit(server.url, { breaker, retry: once1 });
    for (let call = 0; call < 12; call += 1) await http.send(write);
    expect(server.count()).toBe(12);
  });

  it("keeps connections apart", async () => {
    const server = await serve((_request, response) => answer(response, 503));
    const broken = kit(server.url, { breaker, retry: once1 });
    for (let call = 0; call < 3; call += 1) await broken.send(write);
    expect((await kit(server.url, { breaker, retry: once1 }).send(write)).status).toBe(503);
  });
});

describe("whether a request may have taken effect", () => {
  it("no: nobody listens", async () => {
    const server = await serve((_request, response) => answer(response, 200));
    for (const entry of servers.splice(0)) entry.close();
    await expect(kit(server.url).send(write)).rejects.toMatchObject({ kind: "unavailable", reason: "connect", mayHaveTakenEffect: false });
  });

  it("no: the name does not resolve", async () => {
    const transport = makeTransport({ guarded: true, resolve: () => Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" })) });
    await expect(kit("https://shop.example", { transport }).send(write)).rejects.toMatchObject({ reason: "dns", mayHaveTakenEffect: false });
  });

  it("yes: no answer in time, the connection drops, the answer breaks off", async () => {
    const silent = await serve(() => undefined);
    await expect(kit(silent.url).send({ ...write, timeoutMs: 1_000 })).rejects.toMatchObject({ kind: "timeout", mayHaveTakenEffect: true });
    const dropping = await serve((_request, response) => response.destroy());
    await expect(kit(dropping.url).send(write)).rejects.toMatchObject({ reason: "reset", mayHaveTakenEffect: true });
    const broken = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => response.destroy(), 20);
    });
    await expect(kit(broken.url).send(write)).rejects.toMatchObject({ reason: "reset", mayHaveTakenEffect: true });
  });

  it("no: our own header is malformed", async () => {
    const server = await serve((_request, response) => answer(response, 200));
    await expect(kit(server.url).send({ ...write, headers: { "x-bad": "a\r\nb: c" } })).rejects.toMatchObject({
      kind: "refused",
      code: "http.invalid_request",
      mayHaveTakenEffect: false,
    });
    expect(server.count()).toBe(0);
  });
});

describe("answers", () => {
  it("are cut off at the cap, announced or not, and compressed ones by what they unfold to", async () => {
    const announced = await serve((_request, response) => answer(response, 200, "x".repeat(5_000)));
    await expect(kit(announced.url).send({ ...write, maxBytes: 1_000 })).rejects.toMatchObject({ kind: "malformed", code: "http.too_large" });
    const endless = await serve((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x".repeat(500)), 2);
      response.on("close", () => clearInterval(timer));
    });
    await expect(kit(endless.url).send({ ...write, maxBytes: 1_000 })).rejects.toMatchObject({ code: "http.too_large" });
    const bomb = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("0".repeat(1_000_000)));
    });
    await expect(kit(bomb.url).send({ ...write, maxBytes: 10_000 })).rejects.toMatchObject({ code: "http.too_large" });
    expect((await kit(bomb.url).send(write)).body).toHaveLength(1_000_000);
  });

  it("that redirect are handed back, not followed", async () => {
    const server = await serve((_request, response) => answer(response, 302, "", { location: "http://169.254.169.254/" }));
    const response = await kit(server.url).send(read);
    expect([response.status, response.headers["location"], server.count()]).toEqual([302, "http://169.254.169.254/", 1]);
  });
});

describe("address guard", () => {
  it("refuses private addresses, literal or behind a name, before anything is sent", async () => {
    const server = await serve((_request, response) => answer(response, 200));
    const port = new URL(server.url).port;
    const transport = makeTransport({ guarded: true, resolve: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]) });
    for (const host of ["127.0.0.1", "169.254.169.254", "10.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[fd00::1]", "2130706433", "0x7f.1", "rebind.example"]) {
      await expect(kit(`https://${host}:${port}`, { transport, allowedOrigins: [] }).send(write), host).rejects.toMatchObject({
        kind: "refused",
        code: "http.private_address",
        mayHaveTakenEffect: false,
      });
    }
    expect(server.count()).toBe(0);
  });

  it("uses only the public ones of a name's addresses", async () => {
    const transport = makeTransport({
      guarded: true,
      connectTimeoutMs: 200,
      resolve: () =>
        Promise.resolve([
          { address: "10.0.0.1", family: 4 },
          { address: "192.168.0.1", family: 4 },
        ]),
    });
    await expect(kit("https://mixed.example", { transport }).send(write)).rejects.toMatchObject({ code: "http.private_address" });
  });

  it("holds for an address a service gave out as well: whole, https, public, without a name and password, off the log", async () => {
    const storage = await serve((request, response) => answer(response, 200, request.url ?? ""));
    const http = kit("http://127.0.0.1:9", { allowedOrigins: ["http://127.0.0.1"] });
    const link = `${storage.url}/bucket/a.zip?sign=s3cr3t`;
    expect((await http.send({ ...file, link })).text()).toBe("/bucket/a.zip?sign=s3cr3t");
    expect(http.records.map(({ endpoint }) => endpoint)).toEqual(["/file"]);
    const guarded = kit("https://shop.example", { allowedOrigins: [] });
    for (const [address, code] of [
      ["https://169.254.169.254/latest", "http.private_address"],
      ["http://storage.example/a.zip", "http.insecure"],
      ["https://user:word@storage.example/a.zip", "http.outside_base"],
      ["/a.zip", "http.outside_base"],
    ] as const) {
      await expect(guarded.send({ ...file, link: address }), address).rejects.toMatchObject({ code, kind: "refused" });
    }
  });

  it("refuses plain http outside the allowed origins", async () => {
    await expect(kit("http://shop.example", { allowedOrigins: [] }).send(write)).rejects.toMatchObject({ code: "http.insecure" });
  });

  it("reaches a private origin on the list, any port when the entry names none", async () => {
    const server = await serve((_request, response) => answer(response, 200));
    expect((await kit(server.url, { allowedOrigins: ["http://127.0.0.1"] }).send(write)).status).toBe(200);
    expect((await kit(server.url, { allowedOrigins: [server.url] }).send(write)).status).toBe(200);
    await expect(kit(server.url, { allowedOrigins: ["http://127.0.0.1:1"] }).send(write)).rejects.toMatchObject({ kind: "refused" });
  });
});

describe("call log", () => {
  it("keeps bodies without secrets and personal data, and the sizes of the whole", async () => {
    const server = await serve((_request, response) =>
      answer(
        response,
        200,
        JSON.stringify({
          customer_phone: 1,
          phone: "+7 912 345-67-89",
          note: "write to ivan@example.com or +79123456789",
          card: "4111 1111 1111 1111",
          echo: "s3cr3t-value-1234",
          posting: "12345678-0001-1",
        }),
      ),
    );
    const http = kit(server.url, { secrets: ["s3cr3t-value-1234"] });
    await http.send({
      ...write,
      path: "/v1/send?token=abcdef&limit=5",
      headers: { "Api-Key": "s3cr3t-value-1234" },
      body: JSON.stringify({ api_key: "s3cr3t-value-1234", text: "hello" }),
    });
    const [record] = http.records;
    const stored = JSON.stringify(record);
    for (const secret of ["s3cr3t", "token=abcdef", "ivan@", "9123456789", "912 345", "4111 1111"]) expect(stored, secret).not.toContain(secret);
    for (const kept of ["12345678-0001-1", "hello", "limit=5"]) expect(stored, kept).toContain(kept);
    expect(record).toMatchObject({ endpoint: "/v1/send?token=[redacted]&limit=5", outcome: "ok", status: 200, attempt: 1 });
  });

  it("caps bodies at 4 KB", async () => {
    const server = await serve((_request, response) => answer(response, 200, `{"a":"${"я".repeat(50_000)}"}`));
    const http = kit(server.url);
    await http.send(write);
    expect(http.records[0]?.responseBody?.length).toBeLessThanOrEqual(4_096);
    expect(http.records[0]?.responseBytes).toBe(100_008);
  });

  it("goes to the table by itself, with the request it belongs to", async () => {
    const server = await serve((_request, response) => answer(response, 404, '{"message":"no chat"}'));
    const [workspaceId, connectionId] = [randomUUID(), randomUUID()];
    await withRequestId("request-77", () => kit(server.url, { workspaceId, connectionId, record: undefined }).send(write));
    await callLog.flush();
    const { rows } = await pool.query(
      "SELECT workspace_id, endpoint, status, outcome, response_body, request_id FROM call_log_entry WHERE connection_id = $1",
      [connectionId],
    );
    expect(rows).toEqual([
      { workspace_id: workspaceId, endpoint: "/v1/send", status: 404, outcome: "not-found", response_body: '{"message":"no chat"}', request_id: "request-77" },
    ]);
  });

  it("keeps a call nobody answered, and of its text what the table can hold", async () => {
    const server = await serve((request) => request.socket.destroy());
    const [workspaceId, connectionId] = [randomUUID(), randomUUID()];
    const http = kit(server.url, { workspaceId, connectionId, record: undefined });
    await expect(http.send({ ...write, body: '{"text":"half a sign \ud83d"}' })).rejects.toThrow();
    await callLog.flush();
    const { rows } = await pool.query("SELECT status, outcome, attempt, request_body, response_body FROM call_log_entry WHERE connection_id = $1", [
      connectionId,
    ]);
    expect(rows).toEqual([{ status: null, outcome: "unavailable", attempt: 1, request_body: '{"text":"half a sign \ufffd"}', response_body: null }]);
  });
});
