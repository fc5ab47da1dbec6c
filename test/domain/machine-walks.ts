import { type Action, plain, type Shape, type Story } from './machine-stories';

interface Walk extends Pick<Story, 'inHand' | 'headStart'> {
  /** How it differs from a plain order; and what it is revised to. */
  readonly shape?: Partial<Shape>;
  readonly revised?: Partial<Shape>;
  /** What is done, by whom, with which pick, and after how many steps the next: `reverse 0 3 80`. */
  readonly acts: string;
}

const walk = ({ shape = {}, revised = {}, acts, ...rest }: Walk): Story => ({
  ...rest,
  shape: { ...plain, ...shape },
  revised: { ...plain, ...revised },
  actions: acts
    .split('; ')
    .filter((one) => one !== '')
    .map((one) => {
      const [deed = 'help', who = '0', pick = '0', steps = '80'] = one.split(' ');
      return { do: deed as Action['do'], who: Number(who), pick: Number(pick), steps: Number(steps) };
    }),
});

/**
 * Stories that together walk every step of the published table; each says for which it stands here. They were found among random ones
 * and made small: where rules change and a step is walked no more, either the table is wrong or a story for it is to be found anew.
 */
export const walks: readonly Story[] = [
  // pending_review → approved, approved → awaiting_confirmation, awaiting_confirmation → awaiting_deposit, awaiting_deposit → approved, approved → allocated, allocated → in_production, in_production → awaiting_deposit, awaiting_deposit → allocated, in_production → in_inspection, in_inspection → ready_to_ship, ready_to_ship → shipped_out, shipped_out → delivered, delivered → in_settlement, in_settlement → completed, completed → archived
  walk({ shape: { supplies: ['make'] }, inHand: 'none', headStart: 3, acts: 'reverse 0 0 80; takeBack 0 0 80' }),
  // pending_review → returned, returned → on_hold, on_hold → pending_review, approved → ready_to_ship
  walk({
    shape: { levels: 1 },
    revised: { missing: true },
    inHand: 'all',
    headStart: 0,
    acts: 'decide 1 0 80; revise 1 0 80',
  }),
  // awaiting_confirmation → approved, in_inspection → awaiting_balance, awaiting_balance → ready_to_ship, shipped_out → in_transit, in_transit → dead
  walk({
    shape: { path: 'guarantor', supplies: ['make'] },
    inHand: 'half',
    headStart: 5,
    acts: 'help 3 3 80; help 1 3 0; decideForAnother 4 4 1; help 0 1 2; leaveUnclaimed 1 6 2',
  }),
  // allocated → pending_review, allocated → awaiting_deposit, awaiting_deposit → ready_to_ship, ready_to_ship → awaiting_balance
  walk({
    shape: { gradeA: true, path: 'guarantor', levels: 2, contract: true },
    revised: { levels: 2, ships: 'as_ready' },
    inHand: 'half',
    headStart: 5,
    acts: 'help 5 11 1; help 2 8 1; decideBadly 0 6 80; revise 4 10 80; help 2 0 1; help 2 2 80; payAll 5 9 2; help 1 5 1; askRelease 2 6 2; help 1 7 0; reverse 5 6 2',
  }),
  // allocated → awaiting_balance, awaiting_balance → cancelled
  walk({ shape: { gradeA: true, path: 'prepaid' }, inHand: 'none', headStart: 2, acts: 'cancel 0 10 1' }),
  // awaiting_confirmation → on_hold, allocated → on_hold
  walk({
    shape: { levels: 1, contract: true },
    revised: { gradeA: true, path: 'prepaid', missing: true },
    inHand: 'half',
    headStart: 5,
    acts: 'help 3 9 1; revise 2 11 80; help 0 6 0; decideBadly 0 8 80; revise 3 2 80',
  }),
  // allocated → ready_to_ship, in_transit → completed
  walk({
    shape: { supplies: ['stock', 'buy'], missing: true, ships: 'as_ready' },
    inHand: 'none',
    headStart: 5,
    acts: 'help 1 1 80; help 1 9 2; decide 2 11 1; help 4 5 0; decide 0 7 0; decideForAnother 3 3 2; help 0 9 2; help 1 6 2; help 5 10 1; help 1 0 0; help 2 2 1; help 0 7 1; leaveUnclaimed 1 9 1',
  }),
  // approved → awaiting_deposit, awaiting_deposit → awaiting_balance
  walk({
    revised: { levels: 1, wishes: true },
    inHand: 'all',
    headStart: 1,
    acts: 'revise 2 2 80; help 0 3 2; help 0 0 0; help 5 1 2; help 3 8 1; reverse 2 9 0',
  }),
  // returned → pending_review
  walk({ shape: { contract: true }, inHand: 'none', headStart: 0, acts: 'help 1 6 2; decideForAnother 3 2 2' }),
  // approved → awaiting_balance
  walk({ shape: { path: 'guarantor' }, inHand: 'all', headStart: 0, acts: '' }),
  // pending_review → cancelled
  walk({ shape: { levels: 1 }, inHand: 'none', headStart: 0, acts: 'cancel 2 6 2' }),
  // on_hold → rejected
  walk({ shape: { missing: true }, inHand: 'all', headStart: 0, acts: 'decideForAnother 5 3 80' }),
  // pending_review → rejected
  walk({ shape: { levels: 3 }, inHand: 'all', headStart: 1, acts: 'help 1 8 1; decideForAnother 4 9 2' }),
  // on_hold → cancelled
  walk({ shape: { missing: true }, inHand: 'half', headStart: 0, acts: 'help 4 9 80; untilAlarm 5 1 80' }),
  // awaiting_confirmation → cancelled
  walk({ shape: { levels: 3 }, inHand: 'all', headStart: 3, acts: 'cancel 4 9 2' }),
  // ready_to_ship → cancelled
  walk({
    shape: { supplies: ['make'] },
    inHand: 'none',
    headStart: 1,
    acts: 'help 2 8 1; decideForAnother 5 1 80; decide 2 10 0; cancel 4 6 0',
  }),
  // awaiting_deposit → cancelled
  walk({ shape: { levels: 1, wishes: true }, inHand: 'none', headStart: 2, acts: 'help 0 9 0; cancel 0 2 80' }),
  // approved → cancelled
  walk({
    shape: { gradeA: true, levels: 1 },
    inHand: 'half',
    headStart: 0,
    acts: 'help 1 5 1; help 2 6 1; cancel 0 2 2',
  }),
  // allocated → cancelled
  walk({
    shape: { gradeA: true, levels: 2, contract: true },
    inHand: 'half',
    headStart: 5,
    acts: 'help 5 0 0; help 0 0 80; cancel 2 8 1',
  }),
  // pending_review → on_hold
  walk({ shape: { contract: true }, revised: { missing: true }, inHand: 'half', headStart: 2, acts: 'revise 5 2 0' }),
  // awaiting_confirmation → pending_review
  walk({ shape: { missing: true, wishes: true }, inHand: 'none', headStart: 2, acts: 'revise 0 5 0' }),
  // approved → pending_review
  walk({ shape: { levels: 3, contract: true }, inHand: 'none', headStart: 6, acts: 'takeBack 5 11 1' }),
  // in_transit → delivered
  walk({ shape: { gradeA: true }, inHand: 'all', headStart: 5, acts: 'leaveUnclaimed 5 1 0; help 0 11 1' }),
  // approved → rejected
  walk({
    shape: { levels: 2, missing: true, contract: true },
    inHand: 'none',
    headStart: 5,
    acts: 'help 1 5 1; help 0 0 1; decide 5 1 2',
  }),
  // in_production → allocated
  walk({
    shape: { supplies: ['make'], levels: 3, missing: true },
    inHand: 'half',
    headStart: 3,
    acts: 'help 0 1 2; help 5 3 80; help 5 8 2; help 5 3 80; decideForAnother 1 0 2; takeBack 3 4 2',
  }),
  // completed → in_settlement
  walk({
    shape: { supplies: ['make'], levels: 3, wishes: true },
    inHand: 'none',
    headStart: 14,
    acts: 'help 1 8 0; withdrawReview 2 8 80; help 0 11 2; reverse 4 11 0',
  }),
  // in_inspection → in_production
  walk({ shape: { supplies: ['buy', 'make'], levels: 2 }, inHand: 'half', headStart: 7, acts: 'inspect 1 10 80' }),
  // in_inspection → cancelled
  walk({
    shape: { gradeA: true, supplies: ['make'], wishes: true },
    inHand: 'none',
    headStart: 3,
    acts: 'cancel 0 8 80; help 2 9 0; help 5 11 2',
  }),
  // returned → cancelled
  walk({ shape: { levels: 2 }, inHand: 'half', headStart: 0, acts: 'takeBack 4 9 80; decide 5 8 0; cancel 2 5 2' }),
  // in_production → cancelled
  walk({
    shape: { gradeA: true, supplies: ['stock', 'make'] },
    inHand: 'none',
    headStart: 2,
    acts: 'cancel 3 9 1; decide 5 5 0',
  }),
  // approved → on_hold
  walk({
    shape: { contract: true },
    revised: { missing: true },
    inHand: 'half',
    headStart: 1,
    acts: 'help 1 5 1; help 3 0 80; revise 4 7 1',
  }),
  // awaiting_deposit → on_hold
  walk({
    shape: { levels: 1, wishes: true },
    revised: { missing: true },
    inHand: 'half',
    headStart: 3,
    acts: 'revise 5 8 80',
  }),
  // in_transit → in_settlement
  walk({
    shape: { supplies: ['make', 'make', 'make'], ships: 'as_ready' },
    inHand: 'none',
    headStart: 18,
    acts: 'help 0 2 2; help 5 5 0; help 5 6 80; help 1 9 80; leaveUnclaimed 3 8 0; revise 3 7 80; decideForAnother 5 1 1; help 0 3 80',
  }),
];
