/** One whole login as fast as a browser and an app can do it: nothing is waited for but the servers. */
import { createHash, randomBytes } from 'node:crypto'
import { Pool } from 'undici'

export interface LoginSetting {
  readonly server: string
  readonly app: { readonly clientId: string; readonly clientSecret: string; readonly callback: string }
  /** The simulated provider. */
  readonly upstream: { readonly origin: string; readonly port: number; readonly caPem: string; readonly alias: string }
  readonly connections: number
}

export interface LoginRunner {
  /** Resolves when the app has its tokens. Rejects where a step is not as it should be. */
  signIn(email: string): Promise<void>
  close(): Promise<void>
}

const STEPS = 8

export function createLoginRunner({ server, app, upstream, connections }: LoginSetting): LoginRunner {
  const ours = new Pool(server, { connections, pipelining: 1 })
  const theirs = new Pool(`https://127.0.0.1:${upstream.port}`, {
    connections,
    pipelining: 1,
    connect: { ca: upstream.caPem, servername: new URL(upstream.origin).hostname },
  })
  const host = new URL(upstream.origin).host

  async function go(url: URL, jar: Map<string, string>): Promise<URL> {
    const path = url.pathname + url.search
    const isTheirs = url.origin === upstream.origin
    const headers = isTheirs ? { host } : { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
    const answer = await (isTheirs ? theirs : ours).request({ path, method: 'GET', headers })
    await answer.body.dump()
    const { location, 'set-cookie': lines = [] } = answer.headers
    for (const line of isTheirs ? [] : [lines].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    if (typeof location !== 'string') throw new Error(`${answer.statusCode} at ${url.origin}${url.pathname}`)
    return new URL(location, url)
  }

  return {
    async signIn(email) {
      const verifier = randomBytes(32).toString('base64url')
      const nonce = randomBytes(16).toString('base64url')
      const state = randomBytes(16).toString('base64url')
      const query = new URLSearchParams({
        client_id: app.clientId,
        response_type: 'code',
        redirect_uri: app.callback,
        scope: 'openid profile email',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        state,
        nonce,
        idp_hint: upstream.alias,
        login_hint: email,
      })
      const jar = new Map<string, string>()
      let url = new URL(`${server}/oauth2/authorize?${query}`)
      for (let step = 0; !url.href.startsWith(app.callback); step++) {
        if (step > STEPS) throw new Error(`sent to and fro, lastly to ${url.origin}${url.pathname}`)
        url = await go(url, jar)
      }
      const code = url.searchParams.get('code')
      if (code === null || url.searchParams.get('state') !== state) throw new Error(`no code: ${url.search}`)
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: app.clientId,
        client_secret: app.clientSecret,
        code,
        redirect_uri: app.callback,
        code_verifier: verifier,
      }).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await ours.request({ path: '/oauth2/token', method: 'POST', headers, body })
      const { id_token: token = '' } = Object(await answer.body.json())
      const claims = Object(JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString() || '{}'))
      if (claims.nonce !== nonce || claims.email !== email)
        throw new Error(`${answer.statusCode}: no token of ${email}`)
    },
    async close() {
      await Promise.all([ours.close(), theirs.close()])
    },
  }
}
