/**
 * The same function with its answers remembered, at most so many; then it begins anew. For answers that never change and cost more
 * than looking them up.
 */
export function remembering<K, V>(work: (key: K) => V, most: number): (key: K) => V {
  const known = new Map<K, { readonly answer: V }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.answer;
    const answer = work(key);
    if (known.size >= most) known.clear();
    known.set(key, { answer });
    return answer;
  };
}
