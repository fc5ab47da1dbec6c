import type { Evidence } from './evidence';
import type { Violation } from './violation';

/** W4, Y3: no personal data in histories, search attributes and memos, nor in a log. */
export function checkPrivacy({ places, canaries }: Evidence): readonly Violation[] {
  return places.flatMap(({ name, bytes }) =>
    canaries.flatMap((canary): readonly Violation[] => {
      const at = bytes.indexOf(canary);
      if (at < 0) return [];
      const around = bytes.subarray(Math.max(0, at - 80), at + 60).toString('utf8');
      return [{ invariant: 'W4', subject: name, says: `holds personal data: …${around}…` }];
    }),
  );
}
