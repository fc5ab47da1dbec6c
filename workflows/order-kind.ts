import { orderAttributes } from '../domain/inside/attributes';
import type { Dossier } from '../domain/inside/dossier';
import { file } from '../domain/inside/file-fact';
import { dutiesOf, openingOf } from '../domain/inside/duties';
import { explain } from '../domain/inside/explain';
import { explainInMarkdown } from '../domain/inside/explain-in-markdown';
import { isClosed } from '../domain/inside/stage';
import { orderStanding } from '../domain/inside/standing';
import type { Kind } from './run';

/** How an order's dossier takes facts, what it calls for, how operators see it. `revision` is the one its story tells. */
export const orderKind = (
  story: { revision: number; windingUp: boolean },
  goOn: (dossier: Dossier) => Promise<never>,
): Kind<Dossier> => ({
  goOn,
  customerOf: (dossier) => dossier.terms.customerId,
  file,
  duties: dutiesOf,
  opening: openingOf,
  standing: orderStanding,
  details: (dossier) => explainInMarkdown(explain(dossier), dossier.terms.calendar.offsetMinutes),
  attributes: orderAttributes,
  turn: (dossier) => {
    if (story.windingUp) return undefined;
    if (isClosed(dossier.status)) return 'closed';
    return dossier.revision === story.revision ? undefined : 'revised';
  },
});
