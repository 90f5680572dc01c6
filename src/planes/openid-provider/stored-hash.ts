/** What somebody could present is stored as its hash only. */
import { createHash } from 'node:crypto'

/** All of them have 128 bits or more, or live for minutes behind a limit (user codes), so a plain hash is enough. */
export function hash(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}

/** How the second key of the library's session is stored; sessions of ours are ended by it. */
export function hashOfOpSession(uid: string): string {
  return hash(uid)
}
