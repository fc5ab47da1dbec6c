/** Markup that is safe to send: only `html` makes it. */
export interface Html {
  readonly markup: string;
}

type Piece = Html | string | number | null | readonly Html[];

/** A template that escapes every value but markup made by itself; lists are joined, null is nothing. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const markup = texts.reduce(
    (sum, text, index) => sum + (index === 0 ? '' : render(pieces[index - 1] ?? null)) + text,
    '',
  );
  return { markup };
}

function render(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece));
  return isList(piece) ? piece.map(({ markup }) => markup).join('') : piece.markup;
}

const isList = (piece: Html | readonly Html[]): piece is readonly Html[] => Array.isArray(piece);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
