import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { World } from "./world";

interface StateFile {
  scenario: string;
  simulators: Record<string, unknown>;
}

/** The kept snapshots of a scenario, or undefined when there are none (or they are of another scenario). Throws on a file that is not JSON. */
export function readState(path: string, scenario: string): Record<string, unknown> | undefined {
  if (!existsSync(path)) return undefined;
  const file = JSON.parse(readFileSync(path, "utf8")) as StateFile;
  return file.scenario === scenario ? file.simulators : undefined;
}

/** Writes the world's snapshots; the old file stays whole until the new one is. */
export function writeState(path: string, world: World): void {
  const simulators = Object.fromEntries([...world.inhabitants].map(([id, { simulator }]) => [id, simulator.snapshot()]));
  const file: StateFile = { scenario: world.options.scenario, simulators };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(file), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
