import { type Role, roles } from '../domain/inside/kernel/vocabulary';

const robotVendors = ['dingtalk', 'feishu', 'wecom'] as const;
export type RobotVendor = (typeof robotVendors)[number];

/** A group robot: where its messages go, and what they are signed with. */
export interface Robot {
  readonly vendor: RobotVendor;
  readonly url: string;
  /** WeCom has none: its key stands in the address. */
  readonly secret: string | undefined;
}

/** `NOTICE_ROBOT_FINANCE`: the robot of the group of a role. */
const prefix = 'NOTICE_ROBOT_';

export interface Robots {
  readonly robots: ReadonlyMap<Role, Robot>;
  /** What is wrong, each with the variable's name and never a value. */
  readonly problems: readonly string[];
}

/** Reads `NOTICE_ROBOT_<ROLE>`, each `vendor address secret`; the address of a robot is a secret too. */
export function robotsIn(variables: Readonly<Record<string, string | undefined>>): Robots {
  const read = Object.entries(variables)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value = '']) => {
      const role = roles.find((known) => known === name.slice(prefix.length).toLowerCase());
      return { name, role, robot: role === undefined ? 'names no role' : robotOf(value) };
    });
  return {
    robots: new Map(
      read.flatMap(({ role, robot }) => (role === undefined || typeof robot === 'string' ? [] : [[role, robot]])),
    ),
    problems: read.flatMap(({ name, robot }) => (typeof robot === 'string' ? [`${name}: ${robot}`] : [])),
  };
}

function robotOf(value: string): Robot | string {
  const [vendorName, url = '', secret, ...more] = value.trim().split(/\s+/);
  const vendor = robotVendors.find((known) => known === vendorName);
  if (vendor === undefined) return `must begin with one of ${robotVendors.join(', ')}`;
  if (!isSafe(url)) return 'needs an https:// address after the vendor';
  if (more.length > 0) return 'must be: vendor address secret';
  if (vendor === 'wecom') return secret === undefined ? { vendor, url, secret } : 'a WeCom robot has no secret';
  return secret === undefined ? 'needs the secret of its signature after the address' : { vendor, url, secret };
}

/** What is said in a chat of the company travels encrypted, except to a server on this machine. */
export function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname));
}
