/** Where the reader of a JSON text stands: in an object with the names it has had, or in an array. */
interface Level {
  readonly names: Set<string> | undefined;
  at: string | number;
}

/**
 * The place of a name that an object has twice, in a text that is JSON; undefined: every name stands once. Readers differ in which
 * of two they take: what was signed by one must not be another to the next.
 */
export function repeatedKey(json: string): readonly (string | number)[] | undefined {
  const levels: Level[] = [];
  let mayBeName = false;
  for (let index = 0; index < json.length; index += 1) {
    const level = levels.at(-1);
    switch (json.charAt(index)) {
      case '{':
        levels.push({ names: new Set(), at: '' });
        mayBeName = true;
        break;
      case '[':
        levels.push({ names: undefined, at: 0 });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        mayBeName = level?.names !== undefined;
        if (typeof level?.at === 'number') level.at += 1;
        break;
      case '"': {
        const end = endOfText(json, index);
        if (mayBeName && level?.names !== undefined) {
          const name = nameOf(json.slice(index, end + 1));
          level.at = name;
          if (level.names.has(name)) return levels.map(({ at }) => at);
          level.names.add(name);
        }
        mayBeName = false;
        index = end;
      }
    }
  }
  return undefined;
}

/** A quotation mark after an even number of backslashes ends a text. */
function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let slashes = 0;
    while (json[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return json.length;
}

/** `"outcom\u0065"` is the same name as `"outcome"`. */
function nameOf(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}
