/** One request to the token endpoint, and again where the server only says "not now". */
import { at } from '../demo/api.ts'
import { unreached } from '../manifests/client.ts'
import { manifestFault } from '../manifests/faults.ts'

export interface TokenAnswer {
  readonly status: number
  readonly body: unknown
  /** From the header; null where the request was not judged. */
  readonly decisionId: string | null
}

export interface Patience {
  /** Told before each wait. Units: seconds. */
  readonly onWait: (seconds: number, why: string) => void
  readonly sleep: (ms: number) => Promise<void>
  /** How often at most. */
  readonly attempts: number
}

/** A judged exchange takes milliseconds, unless the issuer's keys have to be fetched. */
const ANSWER_LIMIT_MS = 30_000
/** A longer Retry-After is for people. */
const LONGEST_WAIT_SECONDS = 60

/** Nothing was sent: nobody has seen the token, which may be good for one use only. */
const NEVER_CONNECTED: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']

/** An answer that is none yet. */
interface NotNow {
  /** Null: nobody said. Units: seconds. */
  readonly wait: number | null
  readonly why: string
  /** What it comes to if nobody asks again. */
  readonly fault: Error
}

/**
 * Posts the form; an answer is one that judged the request. Servers that are busy or not there yet are asked again.
 *
 * Source: RFC 8693 §2.1; Retry-After of RFC 9110 §10.2.3.
 * Faults: cli.server_unreachable, cli.certificate_unknown, cli.no_token_endpoint, cli.turned_away
 */
export async function requestToken(url: string, form: URLSearchParams, patience: Patience): Promise<TokenAnswer> {
  for (let attempt = 1; ; attempt++) {
    const found = await post(url, form)
    if (!('fault' in found)) return found
    const seconds = found.wait ?? 2 ** (attempt - 1)
    if (attempt >= patience.attempts || seconds > LONGEST_WAIT_SECONDS) throw found.fault
    patience.onWait(seconds, found.why)
    await patience.sleep(seconds * 1000)
  }
}

async function post(url: string, form: URLSearchParams): Promise<TokenAnswer | NotNow> {
  let response: Response
  let body: unknown
  try {
    response = await fetch(url, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    })
    body = parsed(await response.text())
  } catch (error) {
    const fault = unreached(url, error)
    if (!NEVER_CONNECTED.includes(Object(Object(error).cause).code)) throw fault
    return { wait: null, why: 'the server cannot be reached', fault }
  }
  if (response.status === 429 || response.status === 503) return turnedAway(response)
  return answerOf(url, response, body)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function turnedAway({ status, headers }: Response): NotNow {
  const said = headers.get('retry-after')
  // A date, which the header may be too, is for people.
  const wait = said === null ? null : /^\d{1,6}$/.test(said) ? Number(said) : Number.POSITIVE_INFINITY
  const until =
    said === null
      ? ''
      : ` and asks to be left alone until ${said}${wait === Number(said) ? ' seconds have passed' : ''}`
  const why = `the server answers ${status}`
  return { wait, why, fault: manifestFault('cli.turned_away', { message: `The server answers ${status}${until}.` }) }
}

/** Success has a token, a refusal an error of OAuth; everything else is not from a token endpoint. */
function answerOf(url: string, { status, headers }: Response, body: unknown): TokenAnswer {
  const member = status === 200 ? 'access_token' : 'error'
  if (typeof at(body, member) === 'string') return { status, body, decisionId: headers.get('entente-decision') }
  throw manifestFault('cli.no_token_endpoint', {
    message: `${url} answers ${status}, and not as a token endpoint does.`,
  })
}
