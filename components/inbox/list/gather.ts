/**
 * Many wishes, few runs: `run` starts at once, then at most every `gapMs`, never two at a time; a wish during a run is one
 * more run after it. So a burst of events neither floods the server nor keeps an answer from ever arriving.
 */
export function gather(run: () => Promise<unknown>, gapMs: number): () => void {
  let busy = false;
  let again = false;
  const start = async () => {
    busy = true;
    again = false;
    const gap = new Promise((resolve) => setTimeout(resolve, gapMs));
    // A run that fails has said so itself (the query keeps its error); the next wish tries again.
    await Promise.allSettled([run(), gap]);
    busy = false;
    if (again) await start();
  };
  return () => {
    if (busy) again = true;
    else void start();
  };
}
