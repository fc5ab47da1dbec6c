import { openDossier, type Dossier } from '../../domain/inside/dossier';
import type { OrderFact } from '../../domain/inside/fact';
import { file } from '../../domain/inside/file-fact';
import type { Hold } from '../../domain/inside/gate';
import type { Terms } from '../../domain/inside/terms';
import { gradeA } from '../builders';

const at = '2026-11-23T02:00:00.000Z';
const by = { kind: 'process' } as const;

const opened = (terms: Terms): Dossier =>
  openDossier({ kind: 'orderAccepted', id: 'order-1#1', at, by, orderNo: '1', takenBy: 'tina', terms });

let serial = 0;
const head = () => ({ id: `m${++serial}`, at, by });

/** The dossier after these facts, and how the last of them stands. */
function told(dossier: Dossier, ...facts: readonly OrderFact[]): { desk: Dossier; stands: string } {
  return facts.reduce<{ desk: Dossier; stands: string }>(
    (before, fact) => {
      const { desk, filed } = file(before.desk, fact);
      return { desk, stands: filed.because ?? filed.standing };
    },
    { desk: dossier, stands: 'nothing was told' },
  );
}

const hold: Hold = { id: 'h', reason: 'compliance', gates: ['accept', 'ship'] };
const standing = (but: {
  readonly suspended?: boolean;
  readonly holds?: readonly Hold[];
  readonly customerId?: string;
  readonly standingVersion?: number;
}): OrderFact => ({ ...head(), kind: 'customerStandingChanged', suspended: false, holds: [], ...but });

describe('HG-2 tellings about a customer that are heard out of order', () => {
  it('HG-2 leave the later word standing', () => {
    const { desk, stands } = told(
      opened(gradeA()),
      standing({ standingVersion: 7 }),
      standing({ standingVersion: 6, suspended: true, holds: [hold] }),
    );
    expect([stands, desk.customer]).toEqual(['overtaken', { suspended: false, holds: [], version: 7 }]);
  });

  it('HG-2 count as they are heard where the books did not count them yet', () => {
    const { desk } = told(opened(gradeA()), standing({ standingVersion: 7 }), standing({ suspended: true }));
    expect(desk.customer).toEqual({ suspended: true, holds: [] });
  });

  it('HG-2 are not undone by the answer of a gate that looked before', () => {
    const gate = { ...head(), kind: 'creditReserved', revision: 1, exposureFen: 0 } as const;
    const { desk } = told(opened(gradeA({ reviews: [] })), standing({ standingVersion: 8, holds: [hold] }), {
      ...gate,
      customer: { suspended: false, holds: [], version: 7 },
    });
    expect([desk.customer.holds, desk.status]).toEqual([[hold], 'pending_review']);
  });

  it('HG-2 say nothing to an order that has another customer by now, who is counted anew', () => {
    const revised: OrderFact = {
      ...head(),
      kind: 'orderRevised',
      fromRevision: 1,
      terms: gradeA({ customerId: 'C-2' }),
    };
    const before = told(opened(gradeA({ customerId: 'C-1' })), standing({ customerId: 'C-1', standingVersion: 50 }));
    const late = told(before.desk, revised, standing({ customerId: 'C-1', standingVersion: 51, suspended: true }));
    expect(late.stands).toBe('overtaken');
    const { desk } = told(late.desk, standing({ customerId: 'C-2', standingVersion: 3, holds: [hold] }));
    expect(desk.customer).toEqual({ suspended: false, holds: [hold], version: 3 });
  });
});
