/**
 * A bank, as small as one can be: people sign in through Entente, look at their account, and send money only after they have
 * proved themselves again with a second factor in the last five minutes (RFC 9470).
 *
 * The API asks `entente/resource-server`; the page meets its challenge with `entente/resource-server/browser`.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createResourceServer } from 'entente/resource-server'

/** What sending money needs. The organisation's `levels` say which provider reaches it. */
const NEEDS = { acrValues: ['urn:entente:acr:2fa'], maxAge: 300 }

const random = () => randomBytes(32).toString('base64url')

/**
 * `issuer`: `ENTENTE_URL`. `clientId`, `clientSecret`: of the App, whose `redirectUris` has `{baseUrl}/callback` and whose
 * `resources` has `baseUrl`. `browserScript`: the helper for the page, as text.
 */
export function createBank({ issuer, clientId, clientSecret, baseUrl, browserScript = helper() }) {
  const tokens = createResourceServer({ issuer, audience: baseUrl, baseUrl })
  /** Session cookie → access token and whose it is; state → what its login began with. A bank with two servers would share both. */
  const [sessions, logins] = [new Map(), new Map()]
  const transfers = []

  const routes = {
    'GET /': (request) => html(page(sessions.has(sessionOf(request)))),
    'GET /step-up.js': () => ({ status: 200, type: 'text/javascript', body: browserScript }),

    /** Begins a login, as strong and as fresh as the page was told. */
    'GET /login': (_request, url) => {
      const [state, verifier, nonce] = [random(), random(), random()]
      const isStepUp = url.searchParams.has('acr_values')
      logins.set(state, { verifier, nonce, isStepUp })
      const asked = new URL(`${issuer}/oauth2/authorize`)
      const parameters = {
        client_id: clientId,
        response_type: 'code',
        redirect_uri: `${baseUrl}/callback`,
        scope: 'openid',
        resource: baseUrl,
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }
      for (const [name, value] of Object.entries(parameters)) asked.searchParams.set(name, value)
      for (const name of ['acr_values', 'max_age']) {
        const value = url.searchParams.get(name)
        if (value !== null) asked.searchParams.set(name, value)
      }
      // The state is bound to this browser: an answer in another one is nobody's.
      return {
        status: 303,
        location: asked.href,
        cookie: `bank.login=${state}; HttpOnly; SameSite=Lax; Path=/callback`,
      }
    },

    'GET /callback': async (request, url) => {
      const state = url.searchParams.get('state') ?? ''
      const login = logins.get(state)
      const isOurs = login !== undefined && cookieOf(request, 'bank.login') === state
      if (!isOurs || url.searchParams.get('iss') !== issuer) return html('<p>This answer belongs to no login.</p>', 403)
      logins.delete(state)
      if (url.searchParams.has('error')) return html(ended(login.isStepUp, 'failed'), 403)
      const answer = await fetch(`${issuer}/oauth2/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: url.searchParams.get('code') ?? '',
          redirect_uri: `${baseUrl}/callback`,
          code_verifier: login.verifier,
        }),
      })
      if (answer.status !== 200) return html(ended(login.isStepUp, 'failed'), 403)
      const { access_token: accessToken } = await answer.json()
      const judged = await tokens.judge({ authorization: `Bearer ${accessToken}`, method: 'GET', url: url.href })
      if (!judged.ok) return html(ended(login.isStepUp, 'failed'), 403)
      const { sub } = judged.claims
      const before = sessions.get(sessionOf(request))
      // The page shows somebody's account: whoever proves more in the window has to be the same.
      if (login.isStepUp && before?.sub !== sub) return html(ended(true, 'failed'), 403)
      const session = random()
      sessions.set(session, { accessToken, sub })
      sessions.delete(sessionOf(request))
      const cookie = `bank.session=${session}; HttpOnly; SameSite=Lax; Path=/`
      return login.isStepUp ? { ...html(ended(true, 'done')), cookie } : { status: 303, location: '/', cookie }
    },

    /** The one thing that matters. A form of another site cannot send JSON. */
    'POST /transfers': async (request, url, body) => {
      const session = sessions.get(sessionOf(request))
      const authorization = session === undefined ? undefined : `Bearer ${session.accessToken}`
      const judged = await tokens.judge({ authorization, method: 'POST', url: url.href }, NEEDS)
      if (!judged.ok)
        return { status: judged.status, headers: judged.headers, type: 'application/json', body: judged.body }
      if (request.headers['content-type'] !== 'application/json') return { status: 415, body: '' }
      const { amount, to } = JSON.parse(body)
      transfers.push({ amount, to, by: judged.claims.sub, acr: judged.claims.acr })
      return { status: 201, type: 'application/json', body: { sent: amount, to } }
    },
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', baseUrl)
    try {
      let text = ''
      for await (const chunk of request) text += chunk
      const route = routes[`${request.method} ${url.pathname}`]
      send(response, route === undefined ? html('<p>There is no such page.</p>', 404) : await route(request, url, text))
    } catch (error) {
      console.error(error)
      send(response, html('<p>Something went wrong.</p>', 500))
    }
  })
  return { server, transfers }
}

function send(response, { status, type, body = '', location, cookie, headers = {} }) {
  response.writeHead(status, {
    ...headers,
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(location === undefined ? {} : { location }),
    ...(cookie === undefined ? {} : { 'set-cookie': cookie }),
    'content-security-policy': "default-src 'none'; script-src 'self' 'unsafe-inline'; connect-src 'self'",
  })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const html = (body, status = 200) => ({
  status,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Bank</title>${body}`,
})

function page(isSignedIn) {
  if (!isSignedIn) return '<h1>Bank</h1><a href="/login">Sign in</a>'
  return `<h1>Bank</h1><button id="send">Send 12 000 EUR</button><p id="told" role="status"></p>
<script type="module">
import { createStepUpFetch, popupChallenge } from '/step-up.js'
const send = createStepUpFetch({ challenge: popupChallenge('/login') })
document.getElementById('send').onclick = async () => {
  const body = JSON.stringify({ amount: 12000, to: 'Muster GmbH' })
  const answer = await send('/transfers', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  document.getElementById('told').textContent = answer.ok ? 'The money is on its way.' : 'Nothing was sent.'
}
</script>`
}

/** In the window beside the page, it says so to its opener and closes; opened by itself, it leads back. */
function ended(isStepUp, outcome) {
  if (!isStepUp) return '<p>You are not signed in.</p><a href="/">Back</a>'
  return `<p>Thank you.</p><script>opener?.postMessage({ stepUp: '${outcome}' }, location.origin); close()</script>`
}

function cookieOf({ headers }, name) {
  const pair = (headers.cookie ?? '').split('; ').find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}

function sessionOf(request) {
  return cookieOf(request, 'bank.session')
}

function helper() {
  return readFileSync(fileURLToPath(import.meta.resolve('entente/resource-server/browser')), 'utf8')
}
