import type { z } from 'zod';

/** One place of a document that is wrong, and what would be accepted there. */
export interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly reason: string;
}

/** What zod found, in words that say what would do: of a choice, what it asks for; of unknown fields, each by itself. */
export function wrongsOf(issue: z.core.$ZodIssue): readonly Wrong[] {
  const { path, code } = issue;
  switch (issue.code) {
    case 'invalid_union':
      return ofChoice(issue);
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], code, reason: 'there is no such field' }));
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => wrongsOf({ ...inner, path: [...path, ...inner.path] }));
    default:
      return [
        { path, code, reason: isOwn(issue.message) ? issue.message : `must be ${accepted(issue)}${missing(issue)}` },
      ];
  }
}

/** Words that somebody wrote, or that zod says well; it has none of its own for what fits nowhere. */
const isOwn = (message: string): boolean => !/^Invalid (input|option)/.test(message) && message !== 'wrong';

const missing = ({ message }: z.core.$ZodIssue): string =>
  message.endsWith('received undefined') ? ', and is missing' : '';

/** The alternative that was meant, if one was; else all of them. */
function ofChoice(issue: Extract<z.core.$ZodIssue, { code: 'invalid_union' }>): readonly Wrong[] {
  const { path, code, discriminator, errors } = issue;
  if (discriminator !== undefined) {
    const options = 'options' in issue ? (issue.options ?? []) : [];
    return [{ path, code, reason: `must be one of ${listed(options)}` }];
  }
  const meant = errors.find((alternative) => alternative.length > 0 && alternative.every((one) => one.path.length > 0));
  if (meant !== undefined) return meant.flatMap((inner) => wrongsOf({ ...inner, path: [...path, ...inner.path] }));
  const all = [...new Set(errors.flatMap((alternative) => alternative.slice(0, 1).map(accepted)))];
  return [{ path, code, reason: `must be ${all.join(', or ')}` }];
}

function accepted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.length === 1 ? listed(issue.values) : `one of ${listed(issue.values)}`;
    case 'invalid_type':
      return `${/^[aeio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'invalid_union':
      return issue.errors.flatMap((alternative) => alternative.slice(0, 1).map(accepted)).join(', or ');
    default:
      return `other than it is (${issue.message})`;
  }
}

const listed = (values: readonly z.core.util.Primitive[]): string =>
  values.map((value) => JSON.stringify(value)).join(', ');
