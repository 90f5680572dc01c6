/** The little HTTP that the demo needs: a JSON call, a form, and a way to take a member out of an answer. */

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, or the text where it is none. */
  readonly body: unknown
}

export interface Api {
  readonly url: string
  call(method: string, path: string, body?: unknown): Promise<Answer>
}

/** A caller of one server with one bearer token. */
export function createApi(url: string, token: string): Api {
  return {
    url,
    async call(method, path, body) {
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return answerOf(response)
    },
  }
}

/** Posts a form; without any authorization unless the headers have one. */
export async function postForm(
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return answerOf(await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) }))
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  try {
    return { status: response.status, headers: response.headers, body: JSON.parse(text) }
  } catch {
    return { status: response.status, headers: response.headers, body: text }
  }
}

/** The value at a path of members; undefined where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value
  for (const name of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = Object.getOwnPropertyDescriptor(current, name)?.value
  }
  return current
}

/** The text at a path; an error that quotes the answer where there is none. */
export function textAt(answer: Answer, ...path: readonly string[]): string {
  const value = at(answer.body, ...path)
  if (typeof value === 'string') return value
  throw new Error(`${path.join('.')} is missing in the answer ${answer.status} ${JSON.stringify(answer.body)}`)
}
