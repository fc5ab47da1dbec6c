import { isNode, type Node, nodes, text, treeOf, visit } from './syntax';

/** One import (or re-export, or require) of a module. */
export interface Import {
  readonly specifier: string;
  /** Leaves no trace in the running program. */
  readonly typeOnly: boolean;
  /** The names taken as values, `*` for all of them. */
  readonly names: readonly string[];
  /** The same with the names of types. */
  readonly all: readonly string[];
}

export interface ModuleFacts {
  readonly imports: readonly Import[];
  /** `Math.random`, `new Date`, `x.getHours` (as `.getHours`), `Intl`: what the code mentions outside imports. */
  readonly mentions: ReadonlySet<string>;
}

/** Reads what a TypeScript module imports and mentions; nothing is executed. */
export function factsOf(source: string, { tsx }: { readonly tsx: boolean }): ModuleFacts {
  const imports: Import[] = [];
  const mentions = new Set<string>();
  visit(treeOf(source, { tsx }), (node) => {
    imports.push(...importsAt(node));
    for (const mention of mentionsAt(node)) mentions.add(mention);
  });
  return { imports, mentions };
}

function importsAt(node: Node): readonly Import[] {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      return isNode(node['source']) ? [fromSpecifiers(node)] : [];
    case 'ExportAllDeclaration':
      return [{ specifier: text(node['source']), typeOnly: node['typeOnly'] === true, names: ['*'], all: ['*'] }];
    case 'TsImportType':
      return [{ specifier: text(node['argument']), typeOnly: true, names: ['*'], all: ['*'] }];
    case 'TsExternalModuleReference':
      return [{ specifier: text(node['expression']), typeOnly: false, names: ['*'], all: ['*'] }];
    case 'CallExpression':
      return isModuleCall(node)
        ? [{ specifier: text(firstArgument(node)), typeOnly: false, names: ['*'], all: ['*'] }]
        : [];
    default:
      return [];
  }
}

function fromSpecifiers(node: Node): Import {
  const specifiers = nodes(node['specifiers']);
  const named = (specifier: Node): string =>
    /Namespace|Default/.test(String(specifier['type']))
      ? '*'
      : text(specifier['imported'] ?? specifier['orig'] ?? specifier['local']);
  return {
    specifier: text(node['source']),
    typeOnly:
      node['typeOnly'] === true ||
      (specifiers.length > 0 && specifiers.every((specifier) => specifier['isTypeOnly'] === true)),
    names: specifiers.filter((specifier) => specifier['isTypeOnly'] !== true).map(named),
    all: specifiers.map(named),
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
