/** Where a browser may be sent when a step-up is over. Source: CONTRACT.md section 7, `returnTo`; threats.md, open redirects. */
import type { AppStore } from './app-store.ts'
import { URI_CHARACTERS } from './limits.ts'
import { isPlainText } from './texts.ts'

/** Apps are looked through page by page: most organisations have a few dozen. */
const PAGE = 100

/** True for a path of ours, and for what an app of the organisation registered, letter for letter. */
export async function isReturnTo(
  apps: Pick<AppStore, 'list'>,
  organisation: string,
  target: string,
  publicUrl: string,
): Promise<boolean> {
  if (target === '' || target.length > URI_CHARACTERS || !isPlainText(target, 'line')) return false
  if (target.startsWith('/')) return isOwnPath(target, publicUrl)
  for (let after: string | undefined; ; ) {
    const page = await apps.list(organisation, after === undefined ? { limit: PAGE } : { limit: PAGE, after })
    if (page.some((app) => app.enabled && app.redirectUris.includes(target))) return true
    after = page.at(-1)?.uid
    if (after === undefined || page.length < PAGE) return false
  }
}

/** A path that every browser takes for one: two slashes, of either kind, would name a host. */
function isOwnPath(path: string, publicUrl: string): boolean {
  if (/^\/[/\\]/.test(path) || /[\\\s]/.test(path) || !URL.canParse(path, publicUrl)) return false
  return new URL(path, publicUrl).origin === new URL(publicUrl).origin
}

/** The place with what became of the transaction; members of that name that stand there already give way. */
export function withOutcome(target: string, publicUrl: string, transaction: string, state: string): string {
  const url = new URL(target, publicUrl)
  url.searchParams.set('transaction', transaction)
  url.searchParams.set('state', state)
  return url.href
}
