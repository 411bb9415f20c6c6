import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { recordPeerAddresses } from "./peer-address";

it("puts the socket's address behind whatever the client claims", async () => {
  recordPeerAddresses();
  const server = createServer((request, response) => response.end(request.headers["x-forwarded-for"]));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect(await (await fetch(url)).text()).toBe("127.0.0.1");
    expect(await (await fetch(url, { headers: { "x-forwarded-for": "198.51.100.7" } })).text()).toBe("198.51.100.7, 127.0.0.1");
  } finally {
    server.close();
  }
});
