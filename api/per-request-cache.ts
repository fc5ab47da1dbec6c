/** Asks for each key once, however many ask for it at the same time: what many items of one request share is read for all of them. */
export function perRequestCache<Key, Value>(load: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const asked = new Map<Key, Promise<Value>>();
  return async (key) => {
    const answer = asked.get(key) ?? load(key);
    asked.set(key, answer);
    return answer;
  };
}
