import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { z } from "zod";
import { type Driver, quiet, type RunView } from "./driver";

const runsSchema = z.object({
  data: z.array(z.object({ run_id: z.string(), status: z.enum(["Queued", "Running", "Completed", "Failed", "Cancelled"]) })).nullable(),
});

const outputSchema = z.object({ data: z.object({ run: z.object({ output: z.string().nullable() }) }) });
const completeSchema = z.tuple([z.object({ op: z.literal("RunComplete"), data: z.unknown() })]);

/** Read through GraphQL: with checkpointing the REST answer's `output` is empty (server 253303c), and here it is the last operation. */
function readOutput(text: string | null): unknown {
  if (text === null || text === "") return undefined;
  const value: unknown = JSON.parse(text);
  const operation = completeSchema.safeParse(value);
  return operation.success ? operation.data[0].data : value;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A running Inngest server (`inngest dev`): it calls this process over HTTP. */
export class InngestDriver implements Driver {
  readonly name = "inngest server";
  readonly client: Inngest;
  readonly #base: string;
  #server: Server | undefined;

  constructor(baseUrl: string) {
    this.#base = baseUrl.replace(/\/$/, "");
    this.client = new Inngest({ id: "suite", baseUrl: this.#base, isDev: true, eventKey: "suite", logger: quiet });
  }

  async start(functions: InngestFunction.Any[]): Promise<void> {
    const server = createServer(serve({ client: this.client, functions }));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: "PUT" });
    if (!answer.ok) throw new Error(`The server at ${this.#base} did not take the functions: ${answer.status} ${await answer.text()}`);
    // The server indexes new triggers shortly after it has answered.
    await pause(1_000);
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async runsForEvent(eventId: string): Promise<readonly RunView[]> {
    const answer = await fetch(`${this.#base}/v1/events/${eventId}/runs`);
    if (!answer.ok) throw new Error(`GET runs answered ${answer.status}`);
    const { data } = runsSchema.parse(await answer.json());
    return Promise.all((data ?? []).map(async (run) => ({ runId: run.run_id, status: run.status, output: await this.#outputOf(run.run_id) })));
  }

  async #outputOf(runId: string): Promise<unknown> {
    const answer = await fetch(`${this.#base}/v0/gql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "query Output($id: String!) { run(runID: $id) { output } }", variables: { id: runId } }),
    });
    const parsed = outputSchema.safeParse(await answer.json());
    return parsed.success ? readOutput(parsed.data.data.run.output) : undefined;
  }

  async cancel(runId: string): Promise<void> {
    const answer = await fetch(`${this.#base}/v1/runs/${runId}`, { method: "DELETE" });
    if (!answer.ok) throw new Error(`DELETE run answered ${answer.status}`);
  }

  async passMinute(): Promise<void> {
    await pause(60_000 - (Date.now() % 60_000) + 1_000);
  }
}
