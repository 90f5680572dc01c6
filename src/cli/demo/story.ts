/** The demo's story, told as it happens: trust, exchange, proof, and five refusals. Every sentence is checked. */
import { createRemoteJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose'
import { GITHUB_ISSUER, type GithubSimulator } from '../../../simulators/github.ts'
import { shortened } from '../terminal.ts'
import { type Answer, type Api, at, createApi, textAt } from './api.ts'
import { exchange, requestIdToken } from './exchange.ts'
import { decisionOf, type Explained } from './explained.ts'
import { type CompanyLogin, showFiveFaces } from './five-faces.ts'
import { type PeopleStage, showPeople } from './people.ts'
import type { Printer } from './print.ts'
import { REFUSALS, type Refusal, type Scene } from './refusals.ts'
import { type Registration, register } from './registration.ts'
import { showStepUp } from './step-up.ts'

const REPOSITORY = 'octo-org/payments'
const CONDITION = `claims.repository == "${REPOSITORY}" && claims.ref == "refs/heads/main"`
const PROVIDERS = '/api/v1/workload_federation/providers'

export interface Stage extends PeopleStage {
  readonly github: GithubSimulator
  readonly login: CompanyLogin
}

/** Tells the whole story. A step that throws ends it; one that does not hold is counted by the printer. */
export async function tellStory(print: Printer, stage: Stage): Promise<Registration> {
  print.chapter('An operator says whom to trust')
  const registration = await registerGithub(print, stage)

  print.chapter('A job asks GitHub for its own token')
  const { idTokenRequestUrl, requestToken } = stage.github
  const idToken = await requestIdToken(idTokenRequestUrl, requestToken, registration.audience)
  print.held(true, 'ID token', `${shortened(idToken)} for ${registration.audience}, from ${REPOSITORY}, main branch`)

  print.chapter('It trades that token for one of ours')
  await exchangeAndUse(print, stage, registration, idToken)

  print.chapter('One registry, five faces')
  const { operator, login } = stage
  await showFiveFaces(print, operator, login, { id: registration.providerId, issuer: GITHUB_ISSUER })

  print.chapter('People sign in with their own company’s login')
  await showPeople(print, stage)

  print.chapter('Before it matters, somebody proves it again')
  await showStepUp(print, stage)

  print.chapter('Five tokens that get nothing')
  print.line(print.paint.dim('     Outside, each refusal reads the same. Inside, an operator sees where it fell off.'))
  for (const refusal of REFUSALS) await showRefusal(print, { ...stage, registration }, refusal)
  return registration
}

async function registerGithub(print: Printer, { operator, github }: Stage): Promise<Registration> {
  const registration = await register(operator, {
    issuerUrl: GITHUB_ISSUER,
    wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS',
    condition: CONDITION,
    roleIds: ['viewer'],
  })
  print.held(true, 'service principal', 'deploy-bot, role viewer')
  print.held(github.fetches().discovery > 0, 'provider', `${GITHUB_ISSUER}, checked by discovery`)
  print.held(registration.clientId.endsWith('/wfe'), 'trust', registration.clientId)
  print.detail('  only if', CONDITION)
  return registration
}

async function exchangeAndUse(
  print: Printer,
  { operator }: Stage,
  registration: Registration,
  idToken: string,
): Promise<void> {
  const answer = await exchange(operator.url, registration.clientId, idToken)
  const token = textAt(answer, 'access_token')
  const minutes = Number(at(answer.body, 'expires_in')) / 60
  print.held(answer.status === 200 && minutes === 30, 'granted', `${shortened(token)} valid for ${minutes} minutes`)

  const { typ, alg } = decodeProtectedHeader(token)
  const claims = await verify(operator.url, token)
  print.held(claims !== null, 'verified', `by jose, from ${operator.url}/oauth2/jwks: ${typ}, ${alg}`)
  print.detail('  says', `organization ${claims?.organization}, roles ${at(claims, 'roles')}, sub ${claims?.sub}`)

  const list = await createApi(operator.url, token).call('GET', PROVIDERS)
  print.held(list.status === 200, 'used', `GET ${PROVIDERS} → ${list.status}`)

  const { outcome, rungs } = await decisionBehind(operator, answer)
  print.held(outcome === 'granted', 'recorded', `as decision ${answer.headers.get('entente-decision')}`)
  print.ladder(rungs)
}

/** Checks an issued token as any third party would: our published keys, issuer, audience, type. */
async function verify(serverUrl: string, token: string): Promise<JWTPayload | null> {
  const keys = createRemoteJWKSet(new URL(`${serverUrl}/oauth2/jwks`))
  try {
    return (await jwtVerify(token, keys, { issuer: serverUrl, audience: serverUrl, typ: 'at+jwt' })).payload
  } catch {
    return null
  }
}

async function showRefusal(print: Printer, scene: Scene, refusal: Refusal): Promise<void> {
  const token = await refusal.token(scene)
  const answer = await exchange(scene.operator.url, scene.registration.clientId, token)
  const { outcome, code, rungs, because } = await decisionBehind(scene.operator, answer)
  const refused = answer.status === 400 && at(answer.body, 'error') === 'invalid_request'
  const explained = outcome === 'refused' && code === refusal.code

  print.line()
  print.held(refused && explained, refusal.title, refusal.story)
  print.detail('outside', `${answer.status} ${at(answer.body, 'error')}: ${at(answer.body, 'error_description')}`)
  print.detail('inside', `${print.paint.yellow(String(code))}${explained ? '' : `, expected ${refusal.code}`}`)
  print.ladder(rungs)
  if (because !== null) print.detail('  because', because)
}

/** The decision that an answer names. */
function decisionBehind(operator: Api, answer: Answer): Promise<Explained> {
  const id = answer.headers.get('entente-decision')
  if (id === null) throw new Error(`the answer ${answer.status} ${JSON.stringify(answer.body)} names no decision`)
  return decisionOf(operator, id)
}
