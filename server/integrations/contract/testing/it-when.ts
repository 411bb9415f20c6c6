import { it } from "vitest";

/** A test that exists only where a channel's rules or a stand's traits make it meaningful; nothing is counted as skipped. */
export function itWhen(applies: boolean): (name: string, work: () => Promise<void>) => void {
  return (name, work) => {
    if (applies) it(name, work);
  };
}
