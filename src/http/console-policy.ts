/** What the console may do in a browser, and what is said where it is not there. */

/** In the built document: takes the nonce of the answer. */
export const NONCE_PLACE = '__CSP_NONCE__'

/**
 * Scripts are files of ours and nothing else. The nonce is for styles alone: the console's components write their colours into
 * an element of their own. Null: the answer is no document.
 */
export function contentSecurityPolicy(nonce: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** The pages on the way of a step-up in a window beside the console: there, and back from the provider. */
const WINDOW_PAGES = ['step-up', 'return']

/**
 * Whoever opened the console has no hold on it. The window of a step-up goes to a provider's site and comes back, and has to
 * find its opener then: any policy of its own would cut the two apart on the way.
 */
export function openerPolicyOf(page: string): 'same-origin-allow-popups' | 'unsafe-none' {
  return WINDOW_PAGES.includes(page) ? 'unsafe-none' : 'same-origin-allow-popups'
}

export const consoleMissingPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The console is not built</title>
<link rel="icon" href="data:,">
</head>
<body>
<main>
<h1>The console is not built here</h1>
<p>Its files are not beside this server. Run <code>npm run build</code> and load this page again; the server need not be started anew.</p>
<p>Everything that the console does can be done through the <a href="/docs">management APIs</a>.</p>
</main>
</body>
</html>
`
