import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useState } from "react";

/** By then the page usually stands. */
const SETTLED_MS = 2_000;

/** Whether the page stands and has its first data: what nobody sees at first is fetched then, and competes with nothing. */
export function useSettled(): boolean {
  const [isDue, setIsDue] = useState(false);
  const [isSettled, setIsSettled] = useState(false);
  const isQuiet = useIsFetching() === 0;
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true), SETTLED_MS);
    return () => clearTimeout(timer);
  }, []);
  if (isDue && isQuiet && !isSettled) setIsSettled(true);
  return isSettled;
}
