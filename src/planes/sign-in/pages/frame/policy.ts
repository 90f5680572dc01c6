/**
 * What a page of ours may do in a browser: nothing that its own bytes do not bring.
 *
 * Source: Content Security Policy Level 3; Referrer Policy.
 */
import { createHash } from 'node:crypto'

/**
 * Where the page's forms may lead. `none`: it has no form. `self`: the answer to its form is a page of ours.
 * `anywhere`: the directive is left out, because browsers (Chromium for one) hold redirects after a form post to it as well, and
 * this form's answer sends the person on, to the provider's sign-in page or back to the app, by ways that are not ours to list.
 * Nothing is lost that the page could use: its forms are written by us, with every value escaped.
 */
export type FormTarget = 'none' | 'self' | 'anywhere'

export interface Policy {
  readonly style: string
  /** The one script of the page, byte for byte; null for almost all. */
  readonly script: string | null
  readonly forms: FormTarget
}

/** The value of Content-Security-Policy. */
export function contentSecurityPolicy({ style, script, forms }: Policy): string {
  return [
    "default-src 'none'",
    `style-src ${sourceOf(style)}`,
    ...(script === null ? [] : [`script-src ${sourceOf(script)}`]),
    'img-src data:',
    ...(forms === 'anywhere' ? [] : [`form-action '${forms}'`]),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** The CSP source of an inline style or script: its bytes and no others. */
export function sourceOf(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline, 'utf8').digest('base64')}'`
}

/**
 * Every header of a page but its status. The referrer is our origin alone: paths name sign-ins, and with `no-referrer` a browser
 * would send `Origin: null` with our own forms.
 */
export function headersOf(page: { readonly csp: string }): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': page.csp,
    'cache-control': 'no-store',
    'referrer-policy': 'strict-origin',
    'x-content-type-options': 'nosniff',
    // For browsers that do not know frame-ancestors.
    'x-frame-options': 'DENY',
  }
}
