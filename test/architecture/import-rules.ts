import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { type Row, importTable, reservedNames, unmentionable } from './import-table';
import { type Import, type ModuleFacts, factsOf } from './module-facts';

/** Every breach of the import table below the folder, as a line to read. */
export function violationsIn(root: string): readonly string[] {
  const folders = new Set(importTable.map(({ folder }) => folder.split('/')[0] ?? ''));
  return [...folders].flatMap((folder) => sourcesIn(root, folder)).flatMap((path) => violationsOf(root, path));
}

function sourcesIn(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

function violationsOf(root: string, path: string): readonly string[] {
  const facts = factsOf(readFileSync(join(root, path), 'utf8'), { tsx: path.endsWith('.tsx') });
  const row = importTable.find(({ folder }) => path.startsWith(folder));
  const forbidden = row === undefined ? [] : facts.imports.filter((each) => !isAllowed(row, path, each));
  return [
    ...forbidden.map(({ specifier, typeOnly }) => `${path} must not import ${typeOnly ? 'types of ' : ''}${specifier}`),
    ...reservedIn(path, facts),
    ...worldlyIn(path, facts),
  ];
}

function isAllowed(row: Row, path: string, { specifier, typeOnly }: Import): boolean {
  const target = targetOf(path, specifier);
  if (row.except.some((rule) => covers(rule, target))) return false;
  return [...row.values, ...(typeOnly ? row.types : [])].some((rule) => covers(rule, target));
}

/** Every file of ours that a module loads when it is loaded, by way of others too; types leave no trace. */
export function valuesReachedFrom(root: string, path: string): readonly string[] {
  const reached = new Set<string>();
  const visit = (from: string): void => {
    const { imports } = factsOf(readFileSync(join(root, `${from}.ts`), 'utf8'), { tsx: false });
    for (const { specifier, typeOnly } of imports) {
      const target = targetOf(`${from}.ts`, specifier);
      if (typeOnly || !specifier.startsWith('.') || reached.has(target)) continue;
      reached.add(target);
      visit(target);
    }
  };
  visit(path);
  return [...reached].toSorted();
}

/** `domain/money` for a file of ours, `npm:pg` for a package (without its subpath), `node:fs` for Node's own. */
function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier).replace(/\.(ts|tsx|js)$/, '');
  if (isBuiltin(specifier)) return `node:${specifier.replace(/^node:/, '')}`;
  const parts = specifier.split('/');
  return `npm:${parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')}`;
}

function covers(rule: string, target: string): boolean {
  if (rule === 'npm' || rule === 'node') return target.startsWith(`${rule}:`);
  if (rule.endsWith('*')) return target.startsWith(rule.slice(0, -1));
  return rule.endsWith('/') ? `${target}/`.startsWith(rule) : target === rule;
}

function reservedIn(path: string, { imports }: ModuleFacts): readonly string[] {
  const names = imports
    .filter(
      ({ specifier, typeOnly }) => specifier === '@temporalio/workflow' && !typeOnly && path.startsWith('workflows/'),
    )
    .flatMap((each) => each.names);
  return names
    .filter((name) => name === '*' || reservedNames[name]?.includes(path) === false)
    .map((name) => `${path} must not import ${name} of @temporalio/workflow`);
}

function worldlyIn(path: string, { mentions }: ModuleFacts): readonly string[] {
  return unmentionable
    .filter(({ folder, except }) => path.startsWith(folder) && !except.includes(path))
    .flatMap(({ words }) => words.filter((word) => mentions.has(word)))
    .map((word) => `${path} must not use ${word}`);
}
