import { parseSync } from '@swc/core';

/** A node of the syntax tree: `type` says which. */
export type Node = Readonly<Record<string, unknown>>;

const parsed = new Map<string, unknown>();

/** The tree of a TypeScript module; nothing is executed. The same text is read once. */
export function treeOf(source: string, { tsx = false }: { readonly tsx?: boolean } = {}): unknown {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const tree = parseSync(source, { syntax: 'typescript', tsx, target: 'es2022' });
  parsed.set(source, tree);
  return tree;
}

/** Shows every node of a tree, and the node that it stands in. */
export function visit(value: unknown, see: (node: Node, outer: Node | undefined) => void, outer?: Node): void {
  if (Array.isArray(value)) {
    for (const each of value) visit(each, see, outer);
  } else if (isNode(value)) {
    const isTyped = typeof value['type'] === 'string';
    if (isTyped) see(value, outer);
    for (const name in value) {
      const inner = value[name];
      if (typeof inner === 'object' && name !== 'span') visit(inner, see, isTyped ? value : outer);
    }
  }
}

export function nodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The value of a string literal or the name of an identifier. What is computed is none: it is reported as `?`. */
export function text(value: unknown): string {
  return isNode(value) && typeof value['value'] === 'string' ? value['value'] : '?';
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
