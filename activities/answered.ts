import type { Answered } from '../domain/inside/kernel/effect';

/**
 * An activity that answers with the instant at which it ended: what its answer leads to in a workflow has that time, however
 * late the workflow hears of it (X8).
 */
export const answered =
  <Request, Answer>(activity: (request: Request) => Promise<Answer>, now: () => Date = () => new Date()) =>
  async (request: Request): Promise<Answered<Answer>> => {
    const answer = await activity(request);
    return { answer, at: now().toISOString() };
  };
