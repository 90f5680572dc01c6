/** The token that a job already has: in a file, on standard input, in a variable, or asked for at GitHub's runner. */
import { readFileSync } from 'node:fs'
import { at } from '../demo/api.ts'
import { manifestFault } from '../manifests/faults.ts'
import { readStdin } from '../manifests/stdin.ts'

export interface SubjectToken {
  readonly token: string
  /** Where it came from, for messages. */
  readonly from: string
}

export interface TokenFlags {
  /** `-` is standard input. */
  readonly subjectTokenFile?: string
  readonly subjectTokenEnv?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Runners answer at once; what takes longer hangs. */
const RUNNER_LIMIT_MS = 15_000

/**
 * Finds the token; `audience` is what GitHub is asked to make it for, null leaves that to GitHub.
 *
 * Faults: cli.called_wrongly, cli.no_subject_token
 */
export async function subjectTokenOf(
  flags: TokenFlags,
  env: Environment,
  audience: string | null,
): Promise<SubjectToken> {
  const { subjectTokenFile: file, subjectTokenEnv: name } = flags
  if (file !== undefined && name !== undefined) {
    throw manifestFault('cli.called_wrongly', {
      message: '--subject-token-file and --subject-token-env are two places for one token.',
    })
  }
  if (file === '-') return checked(await readStdin(), 'standard input')
  if (file !== undefined) return checked(readText(file), file)
  if (name !== undefined) return checked(env[name] ?? '', `the variable ${name}`)
  if (env.ACTIONS_ID_TOKEN_REQUEST_URL) return await askRunner(env, audience)
  const github = env.GITHUB_ACTIONS === 'true'
  throw manifestFault('cli.no_subject_token', {
    message: github
      ? 'The job may not ask GitHub for a token: its workflow lacks `permissions: id-token: write`.'
      : 'There is no token to exchange: no --subject-token-file, no --subject-token-env, and this is no GitHub job.',
  })
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = Object(error)
    const what = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`
    throw manifestFault('cli.no_subject_token', { message: `The file ${file} ${what}.` })
  }
}

/** A token is one word; the text itself is never quoted. */
function checked(text: string, from: string): SubjectToken {
  const token = text.trim()
  if (/^[\x21-\x7e]+$/.test(token)) return { token, from }
  const what = token === '' ? 'is empty' : 'holds something else than one token'
  throw manifestFault('cli.no_subject_token', { message: `${from} ${what}.` })
}

/** Source: GitHub documentation, "OpenID Connect": the request that a job makes of its runner. */
async function askRunner(env: Environment, audience: string | null): Promise<SubjectToken> {
  const failed = (why: string) =>
    manifestFault('cli.no_subject_token', { message: `GitHub's runner gives no token: ${why}.` })
  const address = URL.canParse(env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '')
    ? new URL(env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '')
    : null
  if (address === null) throw failed('ACTIONS_ID_TOKEN_REQUEST_URL is no address')
  if (audience !== null) address.searchParams.set('audience', audience)
  let response: Response
  try {
    response = await fetch(address, {
      headers: { authorization: `Bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? ''}`, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(RUNNER_LIMIT_MS),
    })
  } catch {
    throw failed(`${address.host} cannot be reached`)
  }
  const token = at(await response.json().catch(() => undefined), 'value')
  if (response.status !== 200 || typeof token !== 'string') throw failed(`it answers ${response.status}`)
  return checked(token, 'GitHub Actions')
}
