import { type Actor, personsBehind } from './actor';
import type { Dossier } from './dossier';
import type { FactHead, Message, RefusalCode } from './fact';
import { judgeWithdrawal } from './review';

type Withdrawn = Extract<Message, { kind: 'reviewWithdrawn' | 'releaseWithdrawn' | 'cancellationWithdrawn' }>;

/** 撤回申请: what somebody asked for is taken back until it is decided (HT-5). */
export function judgeWithdrawn(dossier: Dossier, fact: Withdrawn): RefusalCode | undefined {
  switch (fact.kind) {
    case 'reviewWithdrawn':
      return judgeWithdrawal(dossier, fact);
    case 'releaseWithdrawn':
      return judgeRequester(fact, dossier.release?.requestedBy, dossier.release?.state);
    case 'cancellationWithdrawn':
      return judgeRequester(fact, dossier.cancellation?.by, dossier.cancellation?.state);
  }
}

function judgeRequester({ by }: FactHead, requester: Actor | undefined, state = 'none'): RefusalCode | undefined {
  if (requester === undefined) return 'nothing_asked';
  const isHis = personsBehind(by).some((userId) => personsBehind(requester).includes(userId));
  if (!isHis) return 'not_a_candidate';
  return state === 'asked' ? undefined : 'too_late';
}
