/**
 * GitHub Actions on this machine's loopback: the issuer `https://token.actions.githubusercontent.com` under a certificate
 * of its own authority, and the runner's endpoint where a job asks for its ID token.
 *
 * Source: GitHub documentation, "OpenID Connect"; the request of `getIDToken` in @actions/core.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { claimsOfRun, type WorkflowRun } from './github-claims.ts'
import { type IssuerOptions, type IssuerSimulator, startIssuer } from './issuer.ts'
import { answerJson, close, LOOPBACK, listen } from './loopback.ts'

export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com'

export interface GithubOptions extends Pick<IssuerOptions, 'authority' | 'port' | 'controlPort' | 'now'> {
  /** Where jobs ask for their tokens; default a free one. */
  readonly runnerPort?: number
  /** The run that `idTokenRequestUrl` belongs to. */
  readonly run?: WorkflowRun
}

/** What a runner hands to a job in `ACTIONS_ID_TOKEN_REQUEST_URL` and `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
export interface JobEnvironment {
  readonly idTokenRequestUrl: string
  readonly requestToken: string
}

export interface GithubSimulator extends IssuerSimulator, JobEnvironment {
  /** Starts another job, whose tokens say what its run is. */
  startRun(run?: WorkflowRun): JobEnvironment
}

/** GitHub's tokens are valid a little before they are issued. */
const NOT_BEFORE_SECONDS = 300

export async function startGithubSimulator(options: GithubOptions = {}): Promise<GithubSimulator> {
  const now = options.now ?? (() => new Date())
  /** Key: the job's request token. */
  const jobs = new Map<string, WorkflowRun>()
  const runner = createServer((request, response) => {
    giveToken(request, response, jobs, issuer).catch(() => answerJson(response, 500, { message: 'no token' }))
  })
  const runnerPort = await listen(runner, options.runnerPort)
  const startRun = (run: WorkflowRun = {}): JobEnvironment => {
    const requestToken = randomBytes(32).toString('base64url')
    jobs.set(requestToken, run)
    const path = `/_apis/distributedtask/hubs/Actions/plans/${randomUUID()}/jobs/${randomUUID()}/idtoken`
    return { idTokenRequestUrl: `http://${LOOPBACK}:${runnerPort}${path}?api-version=2.0`, requestToken }
  }
  const issuer = await startIssuer({
    ...options,
    issuer: GITHUB_ISSUER,
    commands: { 'POST /runs': (body) => startRun(parseRun(body)) },
  })
  const mint: IssuerSimulator['mint'] = (claims, mintOptions = {}) => {
    const issued = Math.floor((mintOptions.issuedAt ?? now()).getTime() / 1000)
    return issuer.mint({ nbf: issued - NOT_BEFORE_SECONDS, ...claimsOfRun(options.run), ...claims }, mintOptions)
  }
  return {
    ...issuer,
    ...startRun(options.run),
    startRun,
    mint,
    async stop() {
      await Promise.all([issuer.stop(), close(runner)])
    },
  }
}

async function giveToken(
  request: IncomingMessage,
  response: ServerResponse,
  jobs: ReadonlyMap<string, WorkflowRun>,
  issuer: IssuerSimulator,
): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${LOOPBACK}`)
  if (request.method !== 'GET' || !url.pathname.endsWith('/idtoken')) {
    return answerJson(response, 404, { message: 'not found' })
  }
  const run = jobs.get((request.headers.authorization ?? '').replace(/^Bearer /, ''))
  if (run === undefined) return answerJson(response, 401, { message: 'the request token is not known' })
  const claims = claimsOfRun(run)
  const aud = url.searchParams.get('audience') ?? `https://github.com/${claims.repository_owner}`
  answerJson(response, 200, { value: await issuer.mint({ ...claims, aud }) })
}

const RUN_FIELDS = ['repository', 'ref', 'eventName', 'workflowFile', 'environment', 'actor', 'visibility']
const VISIBILITIES = ['public', 'private', 'internal']

function parseRun(body: Readonly<Record<string, unknown>>): WorkflowRun {
  for (const [name, value] of Object.entries(body)) {
    if (!RUN_FIELDS.includes(name)) throw new Error(`${name}: a run has ${RUN_FIELDS.join(', ')}`)
    if (typeof value !== 'string' || value === '') throw new Error(`${name}: not a text`)
    if (name === 'visibility' && !VISIBILITIES.includes(value)) throw new Error(`${name}: ${VISIBILITIES.join(', ')}`)
  }
  return body
}
