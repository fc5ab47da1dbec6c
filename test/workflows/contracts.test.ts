import { approvalsOf } from '../../domain/inside/review/review';
import type { UserActor } from '../../domain/inside/kernel/actor';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { terms } from '../builders';
import type { OrderUnderTest } from './order-under-test';
import { reaches, standingOf, taskKindsOpen, openTasks } from './steps';
import { workplace } from './workplace';

const place = workplace('contracts');
const user = (userId: string, ...roles: Role[]): UserActor => ({ kind: 'user', userId, roles });
const lara = user('lara', 'legal');
/** Drafts what lara and fred co-sign: nobody co-signs his own draft (HT-10). */
const ludo = user('ludo', 'legal');
const fred = user('fred', 'finance');
const dora = user('dora', 'director');

const reviews = [
  { level: 1, task: 'review.sales', rule: 'every_order', evidence: {}, fingerprint: 'sales' },
  { level: 2, task: 'review.contract', rule: 'contract_order', evidence: {}, fingerprint: 'contract' },
] as const;
const contract = terms({
  contract: true,
  reviews,
  review: { openFields: 'all', afterReturn: 'resume', sameApprover: 'asks' },
});

/** Says it, and answers what became of it. */
async function told(order: OrderUnderTest, message: Parameters<OrderUnderTest['say']>[0]): Promise<string> {
  const id = `${order.no}-${Math.random()}`;
  await order.say({ ...message, id });
  return standingOf(place.firm, order, id);
}

const file = (order: OrderUnderTest, purpose: string, by: UserActor, attachmentId = 'a1'): Promise<string> =>
  told(order, { kind: 'attachmentFiled', purpose, attachmentId, by });

async function decide(
  order: OrderUnderTest,
  kind: string,
  by: UserActor,
  outcome: 'approve' | 'done' | 'return' | 'reject' = 'approve',
) {
  const dossier = await order.until((desk) => taskKindsOpen(desk).includes(kind));
  const taskId = openTasks(dossier).find((task) => task.kind === kind)?.id ?? '';
  return told(order, { kind: 'decisionMade', taskId, outcome, reasonCode: 'wording', by });
}

async function approved(order: OrderUnderTest): Promise<void> {
  expect(await file(order, 'contract_draft', ludo)).toBe('applied');
  await decide(order, 'review.sales', user('sue', 'sales'));
  await decide(order, 'review.contract', lara);
  await decide(order, 'review.contract', fred);
  await reaches(order, 'approved');
}

it('RV-10 a contract is drafted while others review, and legal and finance are asked once it is there', async () => {
  const order = await place.start(contract);
  const first = await order.until((desk) => openTasks(desk).length === 2);
  expect(taskKindsOpen(first).toSorted()).toEqual(['contract.draft', 'review.sales']);
  await decide(order, 'review.sales', user('sue', 'sales'));
  const waiting = await order.until(({ review: { approvals } }) => approvals.length === 1);
  expect(taskKindsOpen(waiting)).toEqual(['contract.draft']);
  expect(await file(order, 'contract_draft', user('walt', 'warehouse'))).toBe('not_a_candidate');
  expect(await file(order, 'contract_draft', user('sam'))).toBe('applied');
  const asked = await order.until((desk) => taskKindsOpen(desk).includes('review.contract'));
  expect(taskKindsOpen(asked)).toEqual(['review.contract']);
});

it('RV-10 both sides sign and the paper is filed before anything is confirmed; the inner approval is no signature of the customer', async () => {
  const order = await place.start(contract);
  expect(await file(order, 'contract_signed', lara)).toBe('not_yet');
  await approved(order);
  const opened = await order.until((desk) => taskKindsOpen(desk).includes('contract.sign'));
  expect(opened.confirmation.sentAt).toBeUndefined();
  expect(await file(order, 'contract_signed', lara)).toBe('not_yet');
  expect(await told(order, { kind: 'confirmationReturned', revision: 1 })).toBe('not_yet');
  expect(await decide(order, 'contract.sign', dora, 'done')).toBe('applied');
  const ours = await order.until((desk) => taskKindsOpen(desk).includes('contract.file'));
  expect(ours.confirmation.sentAt).toBeUndefined();
  expect(await file(order, 'contract_draft', lara)).toBe('too_late');
  expect(await file(order, 'contract_signed', lara, 'scan')).toBe('applied');
  const dossier = await reaches(order, 'awaiting_confirmation');
  expect(dossier.contract).toMatchObject({ draft: 'a1', filed: 'scan' });
});

it('RV-10 what is not signed for the company is drafted and approved anew, and then confirmed; or it ends the order', async () => {
  const order = await place.start(contract);
  await approved(order);
  expect(await decide(order, 'contract.sign', dora, 'return')).toBe('applied');
  const again = await reaches(order, 'pending_review');
  expect(approvalsOf(again).map(({ task }) => task)).toEqual(['review.sales']);
  expect(taskKindsOpen(again)).toEqual(['contract.draft']);
  expect(await file(order, 'contract_draft', ludo, 'a2')).toBe('applied');
  await decide(order, 'review.contract', lara);
  await decide(order, 'review.contract', fred);
  expect(await decide(order, 'contract.sign', dora, 'done')).toBe('applied');
  expect(await file(order, 'contract_signed', lara, 'scan')).toBe('applied');
  const dossier = await reaches(order, 'awaiting_confirmation');
  expect(dossier.contract).toMatchObject({ draft: 'a2', filed: 'scan' });
  const other = await place.start(contract);
  await approved(other);
  expect(await decide(other, 'contract.sign', dora, 'reject')).toBe('applied');
  expect(await other.ended()).toBe('rejected');
});

it('HT-5 an approval is taken back while the contract is still to be signed, and the order goes on once it is given anew', async () => {
  const order = await place.start(contract);
  await approved(order);
  const {
    worklist: { tasks },
  } = await order.until((desk) => taskKindsOpen(desk).includes('contract.sign'));
  const taskId = tasks.find(({ kind }) => kind === 'review.contract')?.id ?? '';
  expect(await told(order, { kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty', by: fred })).toBe('applied');
  const again = await reaches(order, 'pending_review');
  expect(taskKindsOpen(again)).toEqual(['review.contract']);
  await decide(order, 'review.contract', fred);
  await reaches(order, 'approved');
  await decide(order, 'contract.sign', dora, 'done');
  expect(await file(order, 'contract_signed', lara, 'scan')).toBe('applied');
  await reaches(order, 'awaiting_confirmation');
});

it('RV-10 another draft is another contract: who approved the former is asked again', async () => {
  const order = await place.start(contract);
  await file(order, 'contract_draft', ludo);
  await decide(order, 'review.sales', user('sue', 'sales'));
  await decide(order, 'review.contract', lara);
  const before = await order.dossier();
  expect(await file(order, 'contract_draft', ludo, 'a2')).toBe('applied');
  const again = await order.until((desk) =>
    openTasks(desk).some(
      ({ kind, id }) => kind === 'review.contract' && !openTasks(before).some((task) => task.id === id),
    ),
  );
  expect(approvalsOf(again).map(({ task }) => task)).toEqual(['review.sales']);
  expect(openTasks(again)[0]?.slots.every(({ state }) => state === 'open')).toBe(true);
});

it('RV-10 HT-12 a change that the contract does not depend on keeps it; any other asks for a new one', async () => {
  const order = await place.start(contract);
  await approved(order);
  await decide(order, 'contract.sign', dora, 'done');
  const by = user('ann', 'sales');
  await order.say({ kind: 'orderRevised', terms: contract, fromRevision: 1, changed: ['contact'], by });
  const kept = await order.until((desk) => desk.intake.revision === 2 && taskKindsOpen(desk).includes('contract.file'));
  expect(kept.contract?.ours).toBeDefined();
  const dearer = { ...contract, reviews: reviews.map((row) => ({ ...row, fingerprint: `${row.fingerprint} dearer` })) };
  await order.say({ kind: 'orderRevised', terms: dearer, fromRevision: 2, changed: ['lines'], by });
  const fresh = await order.until(
    (desk) => desk.intake.revision === 3 && taskKindsOpen(desk).includes('contract.draft'),
  );
  expect(fresh.contract.draft).toBeUndefined();
});

it('RV-10 a wording that the customer will not sign is drafted and approved anew when the order is resubmitted as it is', async () => {
  const order = await place.start(contract);
  await approved(order);
  await decide(order, 'contract.sign', dora, 'done');
  await order.say({ kind: 'orderRevised', terms: contract, fromRevision: 1, changed: [], by: user('ann', 'sales') });
  const again = await order.until(
    (desk) => desk.intake.revision === 2 && taskKindsOpen(desk).includes('contract.draft'),
  );
  expect(approvalsOf(again).map(({ task }) => task)).toEqual(['review.sales']);
  expect(again.contract.draft).toBeUndefined();
});

it('RV-8 RV-10 who does not draft, sign or file is reminded, and the next authority is asked', async () => {
  const order = await place.start(contract);
  await order.until((desk) => taskKindsOpen(desk).includes('contract.draft'));
  await order.skip('25 hours');
  const late = await order.until((desk) =>
    desk.worklist.tasks.some(({ kind, clock }) => kind === 'contract.draft' && clock.rung === 2),
  );
  expect(late.waitingFor).toContain('general_manager');
});
