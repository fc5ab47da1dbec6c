/** One field that was wrong: `field` is a path such as `lines.0.quantity`. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

interface ProblemParts {
  readonly status: number;
  /** Stable: programs tell problems apart by it. */
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** More members of the answer (RFC 9457, section 3.2). */
  readonly also?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer other than what was asked for, as RFC 9457 problem details; thrown by routes and plugins. */
export class Problem extends Error {
  readonly parts: ProblemParts;

  constructor(parts: ProblemParts) {
    super(parts.detail);
    this.name = 'Problem';
    this.parts = parts;
  }
}

/** 404: it does not exist, or the caller may not know that it does (Y1). */
export const notFound = (what: string): Problem =>
  new Problem({ status: 404, code: 'not_found', detail: `There is no such ${what}.` });

/** 403: the caller is known but may not do this. */
export const forbidden = (detail = 'Your roles do not allow this.', code = 'forbidden'): Problem =>
  new Problem({ status: 403, code, detail });

/** 409: refused by a rule. */
export const refused = (code: string, detail: string, also: Readonly<Record<string, unknown>> = {}): Problem =>
  new Problem({ status: 409, code, detail, also });

/** 400 about one field. */
export const wrongField = (field: string, code: string, message: string): Problem =>
  new Problem({ status: 400, code: 'invalid_input', detail: message, errors: [{ field, code, message }] });

/** Of what lasts from one day until another, the end lies where it begins or later, however it is changed. */
export function requireInOrder({ from, until }: { readonly from: string; readonly until: string | null }): void {
  if (until !== null && until < from)
    throw wrongField('until', 'before_beginning', `It ends before it begins, on ${from}.`);
}

/** 503: something behind the API is away; asking again later is right. */
export const unavailable = (detail: string): Problem =>
  new Problem({ status: 503, code: 'unavailable', detail, headers: { 'retry-after': '2' } });
