import { parseSync } from '@swc/core';

/** One import (or re-export, or require) of a module. */
export interface Import {
  readonly specifier: string;
  /** Leaves no trace in the running program. */
  readonly typeOnly: boolean;
  /** The names taken, `*` for all of them. */
  readonly names: readonly string[];
}

export interface ModuleFacts {
  readonly imports: readonly Import[];
  /** `Math.random`, `new Date`, `x.getHours` (as `.getHours`), `Intl`: what the code mentions outside imports. */
  readonly mentions: ReadonlySet<string>;
}

type Node = Readonly<Record<string, unknown>>;

/** Reads what a TypeScript module imports and mentions; nothing is executed. */
export function factsOf(source: string, { tsx }: { readonly tsx: boolean }): ModuleFacts {
  const imports: Import[] = [];
  const mentions = new Set<string>();
  visit(parseSync(source, { syntax: 'typescript', tsx, target: 'es2022' }), (node) => {
    imports.push(...importsAt(node));
    for (const mention of mentionsAt(node)) mentions.add(mention);
  });
  return { imports, mentions };
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) visit(each, see);
  } else if (isNode(value)) {
    if (typeof value['type'] === 'string') see(value);
    for (const each of Object.values(value)) visit(each, see);
  }
}

function importsAt(node: Node): readonly Import[] {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      return isNode(node['source']) ? [fromSpecifiers(node)] : [];
    case 'ExportAllDeclaration':
      return [{ specifier: text(node['source']), typeOnly: node['typeOnly'] === true, names: ['*'] }];
    case 'TsImportType':
      return [{ specifier: text(node['argument']), typeOnly: true, names: ['*'] }];
    case 'TsExternalModuleReference':
      return [{ specifier: text(node['expression']), typeOnly: false, names: ['*'] }];
    case 'CallExpression':
      return isModuleCall(node) ? [{ specifier: text(firstArgument(node)), typeOnly: false, names: ['*'] }] : [];
    default:
      return [];
  }
}

function fromSpecifiers(node: Node): Import {
  const specifiers = nodes(node['specifiers']);
  const all = (specifier: Node) => /Namespace|Default/.test(String(specifier['type']));
  return {
    specifier: text(node['source']),
    typeOnly:
      node['typeOnly'] === true ||
      (specifiers.length > 0 && specifiers.every((specifier) => specifier['isTypeOnly'] === true)),
    names: specifiers
      .filter((specifier) => specifier['isTypeOnly'] !== true)
      .map((specifier) =>
        all(specifier) ? '*' : text(specifier['imported'] ?? specifier['orig'] ?? specifier['local']),
      ),
  };
}

/** `import('x')` and `require('x')`; `require.resolve` only names a file. */
function isModuleCall(node: Node): boolean {
  const callee = node['callee'];
  return isNode(callee) && (callee['type'] === 'Import' || callee['value'] === 'require');
}

function firstArgument(node: Node): unknown {
  return nodes(node['arguments'])[0]?.['expression'];
}

function mentionsAt(node: Node): readonly string[] {
  switch (node['type']) {
    case 'Identifier':
      return [text(node)];
    case 'MemberExpression': {
      const property = text(node['property']);
      return [`.${property}`, `${text(node['object'])}.${property}`];
    }
    case 'NewExpression':
      return nodes(node['arguments']).length === 0 ? [`new ${text(node['callee'])}()`] : [];
    case 'CallExpression':
      return [`${text(node['callee'])}()`];
    default:
      return [];
  }
}

function nodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The value of a string literal or the name of an identifier. A computed module name is none: it is reported as `?`. */
function text(value: unknown): string {
  return isNode(value) && typeof value['value'] === 'string' ? value['value'] : '?';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
