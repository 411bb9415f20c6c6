import { createServer } from "node:net";
import { LaunchProblem } from "./problem";

/** @throws LaunchProblem when something else listens on the port. */
export async function claimPort(port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is taken by another program" : `cannot be used (${error.code ?? error.message})`;
      reject(new LaunchProblem(`Port ${port} ${why}: choose another one with --port.`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
  return port;
}
