/** A refusal of any face, read for showing: its public sentence and code as they came, and where to ask further. */

export interface RefusedField {
  /** Where; empty where the refusal is about the whole. */
  readonly field: string
  readonly sentence: string
  readonly code: string
}

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly code: string
  readonly fields: readonly RefusedField[]
  /** `Entente-Decision`: what was decided, and why. */
  readonly decision: string | null
  /** `X-Request-Id`: how the server's log calls it. */
  readonly request: string | null

  constructor(response: Pick<Response, 'status' | 'headers'>, body: unknown) {
    const fields = fieldsOf(body)
    super(sentenceOf(body) ?? fields[0]?.sentence ?? `The server answered ${response.status}.`)
    this.status = response.status
    this.fields = fields.filter(({ field, sentence }) => field !== '' || sentence !== this.message)
    this.code = fields[0]?.code ?? 'unknown'
    this.decision = response.headers.get('entente-decision')
    this.request = response.headers.get('x-request-id')
  }
}

/** The data of an answer. Faults: Refusal */
export async function answerOf<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call
  // Of a 204 there is none, and its type says so.
  if (response.ok) return data as T
  throw new Refusal(response, error)
}

/** The whole's own sentence: `Status` of the manifests face. */
function sentenceOf(body: unknown): string | null {
  const { message } = Object(body)
  return typeof message === 'string' && message !== '' ? message : null
}

/** `details.causes` of the manifests face, `detail` of the identity-providers face. */
function fieldsOf(body: unknown): RefusedField[] {
  const { details, detail } = Object(body)
  const { causes } = Object(details)
  if (Array.isArray(causes)) {
    return causes.map((cause) => {
      const { field, message, reason } = Object(cause)
      return { field: String(field ?? ''), sentence: String(message ?? ''), code: String(reason ?? '') }
    })
  }
  if (!Array.isArray(detail)) return []
  return detail.map((one) => {
    const { loc, msg, type } = Object(one)
    // `body` is where all of them are.
    const path = Array.isArray(loc) ? loc.filter((part, at) => at > 0 || part !== 'body') : []
    return { field: path.join('.'), sentence: String(msg ?? ''), code: String(type ?? '') }
  })
}
