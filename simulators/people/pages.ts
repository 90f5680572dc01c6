/** What a browser gets: a redirect back to the application, a form that sends itself, or a page that says no. */
import type { ServerResponse } from 'node:http'
import type { Parameters } from './login-faults.ts'
import type { LoginRequest } from './login-request.ts'

/** Source: RFC 6749 §4.1.2; OAuth 2.0 Form Post Response Mode §2. */
export function sendBack(
  response: ServerResponse,
  { redirectUri, responseMode }: Pick<LoginRequest, 'redirectUri' | 'responseMode'>,
  parameters: Parameters,
): void {
  if (responseMode === 'form_post') {
    const fields = Object.entries(parameters)
      .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
      .join('')
    const form = `<form method="post" action="${escaped(redirectUri)}">${fields}<noscript><button>Continue</button></noscript></form>`
    const script = '<script>document.forms[0].submit()</script>'
    answerHtml(response, 200, `<!doctype html><title>Signing in</title>${form}${script}`)
    return
  }
  const location = new URL(redirectUri)
  for (const [name, value] of Object.entries(parameters)) location.searchParams.append(name, value)
  response.writeHead(302, { location: location.href, 'cache-control': 'no-store' }).end()
}

export function answerPage(response: ServerResponse, status: number, title: string, text: string): void {
  answerHtml(
    response,
    status,
    `<!doctype html><title>${escaped(title)}</title><h1>${escaped(title)}</h1><p>${escaped(text)}</p>`,
  )
}

function answerHtml(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
}
