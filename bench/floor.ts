/**
 * The floor: Fastify, one synchronous RS256 verification, one synchronous ES256 signature, and nothing else. No claim is
 * checked and nothing is recorded; it is the cheapest exchange that Node could do, and secure for nobody.
 */
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { parse } from 'node:querystring'
import Fastify from 'fastify'

const jwk = JSON.parse(process.env.BENCH_JWKS ?? '').keys[0]
const key = createPublicKey({ key: jwk, format: 'jwk' })
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const header = Buffer.from(JSON.stringify({ typ: 'at+jwt', alg: 'ES256', kid: 'floor' })).toString('base64url')

const app = Fastify()
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, parse(String(body))),
)
app.post<{ Body: { subject_token: string } }>('/token', async (request, reply) => {
  const token = request.body.subject_token
  const [head, payload, signature] = token.split('.')
  if (!verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature ?? '', 'base64url'))) {
    return reply.code(400).send({ error: 'invalid_request' })
  }
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())
  const iat = Math.floor(Date.now() / 1000)
  const issued = { iss: 'https://floor.example', aud: 'https://floor.example', sub: claims.sub, iat, exp: iat + 1800 }
  const input = `${header}.${Buffer.from(JSON.stringify(issued)).toString('base64url')}`
  const made = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  return { access_token: `${input}.${made}`, token_type: 'Bearer', expires_in: 1800 }
})
app.get('/cpu', async () => process.cpuUsage())
await app.listen({ port: Number(process.env.BENCH_PORT), host: '127.0.0.1' })
process.stdout.write('ready\n')
process.on('SIGTERM', () => process.exit(0)) // so that --cpu-prof writes its profile
