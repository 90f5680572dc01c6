/**
 * The runner's endpoint where a GitHub Actions job asks for its ID token.
 *
 * Source: GitHub documentation, "OpenID Connect"; the request of `getIDToken` in @actions/core.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { claimsOfRun, type WorkflowRun } from './github-claims.ts'
import { answerJson, close, LOOPBACK, listen } from './loopback.ts'

/** What a runner hands to a job in `ACTIONS_ID_TOKEN_REQUEST_URL` and `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
export interface JobEnvironment {
  readonly idTokenRequestUrl: string
  readonly requestToken: string
}

export interface Runner {
  /** Starts a job, whose tokens say what its run is. */
  startRun(run?: WorkflowRun): JobEnvironment
  stop(): Promise<void>
}

export type MintForRun = (run: WorkflowRun, audience: string) => Promise<string>

export async function openRunner(mint: MintForRun, port?: number): Promise<Runner> {
  /** Key: the job's request token. */
  const jobs = new Map<string, WorkflowRun>()
  const server = createServer((request, response) => {
    giveToken(request, response, jobs, mint).catch(() => answerJson(response, 500, { message: 'no token' }))
  })
  const at = await listen(server, port)
  return {
    startRun(run = {}) {
      const requestToken = randomBytes(32).toString('base64url')
      jobs.set(requestToken, run)
      const path = `/_apis/distributedtask/hubs/Actions/plans/${randomUUID()}/jobs/${randomUUID()}/idtoken`
      return { idTokenRequestUrl: `http://${LOOPBACK}:${at}${path}?api-version=2.0`, requestToken }
    },
    stop: () => close(server),
  }
}

async function giveToken(
  request: IncomingMessage,
  response: ServerResponse,
  jobs: ReadonlyMap<string, WorkflowRun>,
  mint: MintForRun,
): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${LOOPBACK}`)
  if (request.method !== 'GET' || !url.pathname.endsWith('/idtoken')) {
    return answerJson(response, 404, { message: 'not found' })
  }
  const run = jobs.get((request.headers.authorization ?? '').replace(/^Bearer /, ''))
  if (run === undefined) return answerJson(response, 401, { message: 'the request token is not known' })
  const owner = claimsOfRun(run).repository_owner
  const audience = url.searchParams.get('audience') ?? `https://github.com/${owner}`
  answerJson(response, 200, { value: await mint(run, audience) })
}

const RUN_FIELDS = ['repository', 'ref', 'eventName', 'workflowFile', 'environment', 'actor', 'visibility', 'subject']
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  visibility: ['public', 'private', 'internal'],
  subject: ['names', 'ids'],
}

/** Reads a run from JSON that came over the control endpoint. */
export function parseRun(body: Readonly<Record<string, unknown>>): WorkflowRun {
  for (const [name, value] of Object.entries(body)) {
    if (!RUN_FIELDS.includes(name)) throw new Error(`${name}: a run has ${RUN_FIELDS.join(', ')}`)
    if (typeof value !== 'string' || value === '') throw new Error(`${name}: not a text`)
    const choices = CHOICES[name]
    if (choices !== undefined && !choices.includes(value)) throw new Error(`${name}: ${choices.join(', ')}`)
  }
  return body
}
