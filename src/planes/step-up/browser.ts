/** The browser of a transaction: the first that opened it, known by a cookie. */
import { bindingCookie, boundBrowser, endedBinding, hashOfBinding } from '../sign-in/binding.ts'
import type { SignInOptions } from '../sign-in/routes/options.ts'

export interface BoundBrowser {
  readonly hash: string
  /** `Set-Cookie`; null where the browser has it already. */
  readonly cookie: string | null
}

const RANDOM_BYTES = 32

/** The cookie's name tells transactions of one browser apart. */
function cookieKey(transaction: string): string {
  return `su-${transaction.slice(-9)}`
}

export function browserOf(
  at: Pick<SignInOptions, 'publicUrl' | 'randomBytes'>,
  transaction: string,
  cookies: string | undefined,
  maxAgeSeconds: number,
): BoundBrowser {
  const known = boundBrowser(at.publicUrl, cookieKey(transaction), cookies)
  if (known !== null) return { hash: known, cookie: null }
  const value = Buffer.from(at.randomBytes(RANDOM_BYTES)).toString('base64url')
  const cookie = bindingCookie(at.publicUrl, cookieKey(transaction), value, maxAgeSeconds)
  return { hash: hashOfBinding(value), cookie }
}

/** `Set-Cookie` for whoever has no more use for it: the transaction is over. */
export function forgottenBrowser({ publicUrl }: Pick<SignInOptions, 'publicUrl'>, transaction: string): string {
  return endedBinding(publicUrl, cookieKey(transaction))
}
